"""Whatever is stored, a reply stays within Discord's limits, hides no notice, and loses no word across its pages."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cogs._custom_ids.reply_states import Opened
from cogs._rendering import entry_layout, limits, reply_layout
from cogs._rendering.escape import escaped_line, tidy
from cogs._rendering.layouts import Fullness, Reader
from cogs._rendering.view import view
from knowledge.model import Answer, Layer, Question
from knowledge.presentation.byline import byline
from knowledge.safety.notice import NOTICE, SHORT_NOTICE, answer_reply, choices_reply
from tests.cogs.book import SEED
from tests.cogs.hostile import texts
from tests.cogs.showing import rendered
from tests.scale import examples, scaled

READER = Reader(2**63 - 1, others=("01234567",) * 3, caution="c" * 20, votes=True)


# What the titles of five choices may take, escaped, beside everything else.
MANY_TITLES = 1_500
CAUTION = "New, sudden or worse? Call 911."
LONG_CAUTION = f"{CAUTION} {' '.join(['*' * 200] * 3)}"
"""With three lines of a server's own, as long as they may be and all of it markup."""


def replies(longest_body, most_answers):
    answers = st.builds(
        Answer,
        body=texts(longest_body),
        headline=st.just("") | texts(300),
        name=st.none() | texts(200),
        credentials=st.none() | texts(500),
        rating=st.none() | st.floats(0, 5),
        reviews=st.none() | st.integers(0, 10**6),
        invented=st.booleans(),
    )
    questions = st.builds(
        Question,
        id=st.from_regex(r"e{40}[a-z0-9-]{8}", fullmatch=True),
        title=texts(300),
        details=st.just("") | texts(5_000),
        answers=st.lists(answers, min_size=1, max_size=most_answers).map(tuple),
        notice=st.just("") | texts(3_000),
        layer=st.sampled_from(Layer),
    )
    cautions, additions = st.sampled_from(["", CAUTION, LONG_CAUTION]), st.just("") | texts(500)
    return st.builds(answer_reply, questions, caution=cautions, addition=additions)


REPLIES, LONG_REPLIES = replies(6_000, 6), replies(20_000, 12)


def words(text):
    return "".join(rendered(text)[0].split())


def check(draft, notice=NOTICE):
    """Hold one message against Discord's limits and our promises; give its texts."""
    components = view(draft).to_components()
    counted, written, ids = 0, [], []
    waiting = list(components)
    while waiting:
        component = waiting.pop(0)
        waiting = component.get("components", []) + waiting
        counted += 1
        if component["type"] == 10:
            written.append(component["content"])
        if component["type"] == 2:
            ids.append(component["custom_id"])
            assert 1 <= len(component["label"]) <= limits.BUTTON_LABEL
            assert len(component["custom_id"]) <= limits.CUSTOM_ID
    assert counted <= limits.COMPONENTS
    assert sum(map(limits.size, written)) <= limits.TEXT_OF_A_MESSAGE
    assert all(text.strip() for text in written)
    assert len(ids) == len(set(ids))
    assert written[-1] == notice
    return written


def opened(draft):
    return [press.state for row in draft.rows for press in row if isinstance(press.state, Opened)]


def walk(reply, reader):
    """Open every answer and turn every page by the buttons alone; give the drafts in order, by answer and page."""
    seen, waiting = {}, opened(reply_layout.drawn(reply, reader))
    while waiting:
        state = waiting.pop()
        if (state.answer, state.page) not in seen:
            seen[state.answer, state.page] = entry_layout.answers(reply, reader, state)
            waiting += opened(seen[state.answer, state.page])
    return dict(sorted(seen.items()))


def line(text):
    return "".join(tidy(" ".join(text.split())).split())


@settings(max_examples=examples(15))
@given(REPLIES, st.sampled_from(Fullness))
def test_any_stored_text_stays_within_limits_and_loses_no_word(reply, fullness):
    hold_to_our_promises(reply, fullness)


@pytest.mark.slow
@settings(max_examples=scaled(1_000), deadline=None)
@given(LONG_REPLIES, st.sampled_from(Fullness))
def test_so_do_the_longest_texts(reply, fullness):
    hold_to_our_promises(reply, fullness)


def hold_to_our_promises(reply, fullness):
    reader = replace(READER, fullness=fullness)
    first, pages = reply_layout.drawn(reply, reader), walk(reply, reader)
    question = reply.question
    for draft in [first, *pages.values()]:
        head, *_ = check(draft)[1 if reply.caution else 0 :]
        assert line(question.title) in words(head)
    own = "".join("".join(tidy(text).split()) for text in reply.notice.above)
    for number, answer in enumerate(question.answers):
        headed = line(answer.headline) + "".join(tidy(answer.body).split())
        shown = [draft.blocks[1][-2:] for (of, _), draft in pages.items() if of == number]
        shown = shown or [first.blocks[1 + number][-2:]]
        assert "".join(words(body) for body, _ in shown) in {headed, headed + own}
        signatures = [words(signed) for _, signed in shown if signed != entry_layout._FROM_THE_PAGE]
        assert signatures
        assert all(line(said) in signature for signature in signatures for said in byline(answer, question))


@settings(max_examples=examples(15))
@given(REPLIES)
def test_the_details_are_shown_whole_page_by_page(reply):
    count, shown, page = 1, [], 0
    while page < count:
        draft = entry_layout.details(reply, page)
        check(draft)
        shown.append(words(draft.blocks[0][-1]) if reply.question.details else "")
        turning = [press.state for row in draft.rows for press in row]
        count = max([count, *(state.page + 1 for state in turning)])
        page += 1
    assert "".join(shown) == "".join(tidy(reply.question.details).split())


@settings(max_examples=examples(15))
@given(st.lists(texts(300), min_size=1, max_size=5), texts(500))
def test_choices_stand_in_full_with_a_button_each(titles, addition):
    questions = [Question(f"q{number}", title, SEED.answers) for number, title in enumerate(titles)]
    reply = choices_reply(questions, caution=CAUTION, addition=addition)
    draft = reply_layout.choices(reply, READER)
    written = check(draft, SHORT_NOTICE)
    fits = sum(limits.size(escaped_line(title)) for title in titles) <= MANY_TITLES
    for question in questions:
        assert line(question.title) in words(written[2]) or not fits


def test_of_choices_that_are_all_markup_each_is_cut_so_that_the_notice_stays():
    questions = [Question(f"q{number}", "*" * 300, SEED.answers) for number in range(5)]
    draft = reply_layout.choices(choices_reply(questions, caution=LONG_CAUTION, addition="_" * 500), READER)
    assert check(draft, SHORT_NOTICE)[2].count("…") == len(questions)


def test_the_longest_of_everything_leaves_room_for_the_answer():
    signed = Answer("*" * 20_000, headline="*" * 300, name="*" * 200, credentials="*" * 500, rating=4.9, reviews=10**6)
    question = Question("e" * 48, "*" * 300, (signed,) * 3, details="*" * 5_000, layer=Layer.SERVER, notice="*" * 3_000)
    reply = answer_reply(question, caution=LONG_CAUTION, addition="*" * 500, news="Corrected on 2026-11-22")
    check(reply_layout.drawn(reply, replace(READER, greeting="<@1456074443980800018> Your question has an answer.")))


def test_the_seeds_three_answers_fit_one_message():
    draft = reply_layout.drawn(answer_reply(SEED), READER)
    written = check(draft)
    assert not opened(draft)
    assert sum(map(len, written)) < 2_500
    assert [
        text for answer in SEED.answers for text in written if " ".join(answer.body.split()) in " ".join(text.split())
    ]


def test_compact_opens_the_first_and_lists_the_others():
    draft = reply_layout.drawn(answer_reply(SEED), replace(READER, fullness=Fullness.COMPACT))
    written = check(draft)
    assert SEED.answers[1].body not in "".join(written)
    assert "Sanusi Umar, MD · Redondo Beach Dermatologic Surgeon" in "".join(written)
    assert [state.answer for state in opened(draft)] == [0, 1, 2]


def test_every_one_of_a_hundred_answers_can_be_reached():
    answers = tuple(Answer(f"Body {number}. " * 60, name=f"Doctor {number}") for number in range(100))
    question = Question("many", "Which of a hundred?", answers)
    pages = walk(answer_reply(question), READER)
    assert {number for number, _ in pages} == set(range(100))
    for (number, _), draft in pages.items():
        assert f"Answer {number + 1} of 100" in check(draft)[1]


def test_an_answer_that_is_gone_gives_the_last_there_is():
    reply = answer_reply(SEED)
    assert entry_layout.answers(reply, READER, Opened(1, SEED.id, 99, 99)) == entry_layout.answers(
        reply, READER, Opened(1, SEED.id, 2, 0)
    )
