"""A page that is written comes back in its parts; whatever else comes, no word is lost and nothing crashes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.content.pages import read_page
from knowledge.errors import PageRefused
from knowledge.model import Answer
from tests.scale import examples

from .test_pages import words

VOTE = "{{ voteCount >= 0 ? '+' + (voteCount + 1) : (voteCount + 1) }}"
NOTICE = (
    "These answers are for educational purposes only and are no substitute for medical advice.\n\n"
    "In an emergency call 911."
)

WORDS = st.sampled_from(
    "skin laser the a of heals slowly today Fargo doctor surgeon stars 4.5 reviews MD is \u00fcber 12% (photo)".split()
)
SENTENCES = st.lists(WORDS, min_size=2, max_size=14).map(lambda said: f"{' '.join(said)}.")
LINES = st.lists(SENTENCES, min_size=1, max_size=3).map("\n".join)
ITEMS = st.lists(SENTENCES.map(lambda said: f"  - {said}"), min_size=1, max_size=3).map("\n".join)
PARAGRAPHS = st.lists(LINES | ITEMS, min_size=1, max_size=4).map(lambda found: "\n\n".join(found).strip())
LONG = st.lists(SENTENCES, min_size=12, max_size=16).map(" ".join)
HEADLINES = SENTENCES.map(lambda said: said[:100].rstrip(" ."))
SUFFIXES = st.sampled_from(["MD", "M.D.", "MD, PhD, FACS", "DDS", "DO (not currently practicing)", "MD (in memoriam)"])
FORENAMES = st.sampled_from(["Orla", "Tobias", "Hyacinth J.", "Jos\u00e9 Mar\u00eda", "Mary-Ann"])
SURNAMES = st.sampled_from(["Brambleworth", "van der Moot", "O'Drummelow", "Quill-Hartley", "\u00c5kerblom"])
NAMES = st.builds("{} {}, {}".format, FORENAMES, SURNAMES, SUFFIXES) | st.builds(
    "Dr. {} {}".format, FORENAMES, SURNAMES
)
CITIES = st.sampled_from(
    ["Salt Lake City", "Fargo", "Rio de Janeiro", "Z\u00fcrich", "Winston-Salem", "St. Paul", "Al Ain"]
)
SPECIALTIES = st.sampled_from(
    ["Plastic Surgeon", "Oculoplastic Surgeon", "Dermatologist", "Dentist", "Family Physician", "Nurse Practitioner"]
)
CREDENTIALS = st.builds("{} {}".format, CITIES, SPECIALTIES)
TWO_CREDENTIALS = st.builds("Board Certified {}\n{}".format, SPECIALTIES, CREDENTIALS)
STARS = st.decimals(0, 5, places=1) | st.decimals(0, 5, places=2)


@dataclass(frozen=True)
class Written:
    text: str
    title: str
    details: str
    answers: tuple[Answer, ...]
    notice: str


@st.composite
def answers(draw, *, first: bool, vote: bool) -> Answer:
    rated = draw(st.booleans())
    named = not first and draw(st.booleans())
    headline = draw(HEADLINES | st.just("")) if vote else draw(HEADLINES)
    byline = not vote or draw(st.integers(0, 3))
    return Answer(
        body=draw(PARAGRAPHS),
        headline=headline,
        name=draw(NAMES) if named and byline else None,
        credentials=draw(CREDENTIALS | TWO_CREDENTIALS if named else CREDENTIALS) if byline else None,
        rating=float(draw(STARS)) if rated and byline else None,
        reviews=draw(st.integers(0, 5000)) if rated and byline else None,
    )


def _render(answer: Answer, *, vote: bool) -> str:
    parts = []
    if vote:
        parts.append(f"{answer.headline}\n\n{VOTE}" if answer.headline else f"\n{VOTE}")
    elif answer.headline:
        parts.append(answer.headline)
    parts.append(answer.body)
    byline = [line for line in (answer.name, answer.credentials) if line]
    if answer.rating is not None:
        byline.append(f"{answer.rating} out of 5 stars {answer.reviews:,} review{'' if answer.reviews == 1 else 's'}")
    if byline:
        parts.append("\n".join(byline))
    return "\n\n".join(parts)


@st.composite
def pages(draw) -> Written:
    vote = draw(st.booleans())
    number = draw(st.integers(1, 4))
    given_answers = tuple(draw(answers(first=not place, vote=vote)) for place in range(number))
    title = draw(SENTENCES)
    details = draw(PARAGRAPHS | st.just(""))
    notice = NOTICE if vote else draw(st.sampled_from([NOTICE, ""]))
    count = draw(st.sampled_from([f"Doctor Answers {number}", f"Doctor Answers ({number})"]))
    shown = [_render(answer, vote=vote) for answer in given_answers]
    text = "\n\n".join([title, *([details] if details else []), count, *shown, *([notice] if notice else [])])
    return Written(text, title, details, given_answers, notice)


@settings(max_examples=examples(60))
@given(pages())
def test_what_was_written_is_read(written):
    page = read_page(written.text.encode())
    assert (page.title, page.details, page.notice) == (written.title, written.details, written.notice)
    assert page.answers == written.answers


PIECES = st.sampled_from(
    [
        "",
        "",
        "",
        "A headline",
        "A sentence that goes on for a while, and then some more, until it is clear that it is no headline any longer.",
        "Fargo Plastic Surgeon",
        "Board Certified Dentist",
        "Orla Brambleworth, MD",
        "Dr. Tobias Vandermoot",
        "4.6 out of 5 stars 32 reviews",
        "4.6 out of 5 stars",
        "9.9 out of 5 stars 1 review",
        "12 reviews",
        VOTE,
        "{{ other }}",
        "Ask a doctor",
        "2 people found this helpful",
        "You might also like",
        "March 3, 2012",
        "Doctor Answers 2",
        "  - an item",
        "1) an item",
        "This is not medical advice. Call 911 in an emergency.",
        "Best wishes,",
    ]
)


@settings(max_examples=examples(100))
@given(st.lists(PIECES, max_size=40), st.integers(0, 9))
def test_no_word_of_any_page_is_lost_or_doubled(pieces, count):
    text = "\n".join(["A title", "", f"Doctor Answers {count}", *pieces])
    try:
        page = read_page(text.encode())
    except PageRefused as refused:
        assert refused.reason == "not-doctor-answers"  # noqa: PT017  # a refusal is one of two right outcomes
        return
    assert words(page) == Counter(text.split())


@given(st.text(), st.text())
def test_no_word_of_any_text_is_lost_or_doubled(above, below):
    text = f"Title\n{above}\n\nDoctor Answers 1\n\n{below}"
    try:
        page = read_page(text.encode())
    except PageRefused:
        return
    assert words(page) == Counter(text.split())


@given(st.binary() | st.binary().map(lambda data: b"Title\n\nDoctor Answers 2\n\n" + data))
def test_any_bytes_are_read_or_refused(data):
    try:
        page = read_page(data)
    except PageRefused as refused:
        assert refused.reason in {"empty", "not-text", "not-doctor-answers"}  # noqa: PT017  # as above
    else:
        assert page.dropped
