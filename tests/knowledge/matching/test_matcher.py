"""What the matcher finds, and how entries come and go without another server noticing."""

from __future__ import annotations

import pytest

from knowledge.matching.data import load_matching_data
from knowledge.matching.matcher import Matcher
from knowledge.matching.outcome import choose, offered
from knowledge.model import Answer, Outcome, Place, Policy, Question

DATA = load_matching_data()


def entry(number, title, *phrasings, body="Ask your doctor."):
    return Question(id=number, title=title, phrasings=phrasings, answers=(Answer(body=body),))


KNEE = entry("knee", "Why does my knee click on the stairs?", "clicking knee when climbing stairs")
SHOULDER = entry("shoulder", "Why does my shoulder click when I swim?")
CROWN = entry("crown", "Does getting a dental crown hurt?", body="The tooth is numbed with lidocaine first.")
TOPICS = Matcher.build(
    [
        entry("shots", "How often do adults need a tetanus shot?", body="Every ten years, into the deltoid."),
        entry("rust", "Can I get tetanus from a rusty nail in the garden?"),
        KNEE,
        SHOULDER,
        CROWN,
    ],
    DATA,
)
BOOK = Matcher.build([KNEE, SHOULDER, CROWN], DATA)


def first(matcher, text):
    matches = matcher.rank(text).matches
    return (matches[0].question.id, matches[0].confidence) if matches else ("", 0.0)


def outcome(matcher, text, *, addressed=True):
    return choose(matcher.rank(text), Policy(), Place(addressed=addressed))[0]


@pytest.mark.parametrize(
    ("asked", "right"),
    [
        ("my knee clicks going up stairs, why?", "knee"),
        ("why dose my kne click on the stairs", "knee"),
        ("whydoes my knee click onthe stairs", "knee"),
        ("sholder clicks swimming", "shoulder"),
        ("is a crown painful", "crown"),
    ],
)
def test_the_right_question_comes_first(asked, right):
    assert first(BOOK, asked)[0] == right


def test_a_match_tells_why():
    match = BOOK.rank("my knee clicks going up stairs").matches[0]
    assert match.features["coverage_asked"] > 0.5
    assert set(match.contributions) <= set(match.features)
    assert match.wording in KNEE.wordings
    assert BOOK.rank("knee").matcher_version == DATA.version


def test_what_a_guard_forbids_is_not_offered_beside_others(shipped):
    ranking = shipped.matcher.rank("can I have botox while breastfeeding, not pregnant")
    near = {match.question.id: match.forbidden for match in ranking.matches}
    assert near["botox-while-pregnant"]
    assert [question.id for question in offered(ranking, Policy())] == ["botox-while-breastfeeding"]


def test_a_wording_asked_verbatim_is_answered_and_one_that_two_share_is_offered():
    twice = BOOK.with_layer([entry("other", SHOULDER.title)])
    assert outcome(BOOK, "why does my SHOULDER click when i swim") is Outcome.ANSWER
    assert outcome(twice, SHOULDER.title) is Outcome.CHOICES
    assert {match.question.id for match in twice.rank(SHOULDER.title).matches[:2]} == {"shoulder", "other"}


@pytest.mark.parametrize("said", ["knee", "stairs?", "what is it", "how", "knee knee", "thanks", "good bot"])
def test_a_bare_word_or_no_content_word_is_never_answered(said):
    assert outcome(BOOK, said) is not Outcome.ANSWER
    assert outcome(BOOK, said, addressed=False) is Outcome.NONE


def topics(text, *, addressed=True):
    """Give the entries that are offered to who says no more than what it is about."""
    ranking = TOPICS.rank(text)
    _, why = choose(ranking, Policy(), Place(addressed=addressed))
    return {question.id for question in offered(ranking, Policy())} if why == "bare-topic" else set()


def test_a_bare_word_said_to_the_bot_brings_what_is_stored_about_it():
    assert topics("tetanus") == topics("Tetanus?") == topics("hello tetanus") == topics("lockjaw") == {"shots", "rust"}
    assert topics("tetanus", addressed=False) == set()


@pytest.mark.parametrize("said", ["tetnus", "deltoid", "elbow", "hi", "why", "???"])
def test_a_bare_word_that_no_stored_wording_holds_brings_nothing(said):
    assert topics(said) == set()


def test_overheard_texts_never_get_choices():
    assert outcome(BOOK, "why does my elbow click", addressed=False) is not Outcome.CHOICES


def test_an_entry_is_added_changed_and_hidden_without_touching_the_book():
    toe = entry("toe", "How is a broken toe treated?")
    server = BOOK.with_layer([toe, entry("knee", "Is running bad for the knee?")], hidden=["crown"])
    assert first(server, toe.title)[0] == "toe"
    assert first(server, "is running bad for the knee")[0] == "knee"
    assert KNEE.title not in {match.question.title for match in server.rank(KNEE.title).matches}
    assert "crown" not in {match.question.id for match in server.rank(CROWN.title).matches}
    assert first(BOOK, CROWN.title) == ("crown", pytest.approx(first(BOOK, CROWN.title)[1]))
    assert "toe" not in {match.question.id for match in BOOK.rank(toe.title).matches}


def test_entries_added_one_by_one_are_all_found():
    matcher = BOOK
    added = [entry(f"e{number}", f"How long does a zorblat{number} last?") for number in range(40)]
    for one in added:
        matcher = matcher.with_layer([one])
    assert all(first(matcher, one.title)[0] == one.id for one in added)
    assert first(matcher, KNEE.title)[0] == "knee"


def test_what_one_server_adds_changes_nothing_for_another():
    texts = ["my knee clicks", "nkee clicks on stairs", "shoulder swim click", "gadolinium contrast risk"]
    before = [BOOK.rank(text) for text in texts]
    BOOK.with_layer([entry(f"s{number}", f"gadolinium nkee shoulder {number}") for number in range(30)])
    assert [BOOK.rank(text) for text in texts] == before


def test_an_empty_book_finds_nothing():
    empty = Matcher.build([], DATA)
    assert empty.rank("why does my knee click").matches == ()
    assert empty.suggest("wh", 5) == ()
    assert first(empty.with_layer([KNEE]), KNEE.title)[0] == "knee"


def test_suggestions_begin_as_typed_or_complete_the_last_word():
    assert BOOK.suggest("why does my k", 5)[0] == KNEE
    assert CROWN in BOOK.suggest("dental cro", 5)
    assert BOOK.suggest("  ", 5) == ()
    assert len(BOOK.suggest("why", 1)) == 1
    assert SHOULDER not in BOOK.with_layer([], hidden=["shoulder"]).suggest("why does", 5)


@pytest.mark.parametrize(
    "hostile", ["a" * 4000, "what " * 2000, "\u202e" * 500, "什么" * 2000, "Z͑ͫ̓ͪ̂ͫ̽͏̴̙" * 200, "\x00\ud800"]
)
def test_hostile_text_is_ranked_and_never_answered(hostile):
    assert outcome(BOOK, hostile) is not Outcome.ANSWER
