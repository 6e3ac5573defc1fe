"""Over every stored wording of the shipped book: what is done to its letters never brings another answer."""

from __future__ import annotations

import random
import re

import pytest

from knowledge.matching.outcome import choose
from knowledge.model import Outcome, Place, Policy
from knowledge.respond import respond
from knowledge.text import words

_LOOKALIKES = str.maketrans("aceopxyi", "\u0430\u0441\u0435\u043e\u0440\u0445\u0443\u0456")


def wordings(snapshot):
    return [(wording, question) for question in snapshot.questions.values() for wording in question.wordings]


def full_width(text):
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def one_typo(text):
    rng = random.Random(text)
    long = list(re.finditer(r"[a-z]{7,}", text.lower()))
    if not long:
        return text
    chosen = rng.choice(long)
    place = rng.randrange(chosen.start() + 1, chosen.end() - 2)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


CHANGES = {
    "as it stands": lambda text: text,
    "capitals": str.upper,
    "lower case, no punctuation": lambda text: re.sub(r"[^\w\s']", "", text.lower()),
    "zero-width characters": "\u200b".join,
    "full-width letters": full_width,
    "thanks": lambda text: f"hi all, {text} thanks!",
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_stored_wording_is_answered_however_it_is_written(shipped, change):
    shared = [words(wording) for wording, _ in wordings(shipped)]
    for wording, question in wordings(shipped):
        ranking = shipped.matcher.rank(CHANGES[change](wording))
        outcome, _ = choose(ranking, Policy(), Place())
        if shared.count(words(wording)) == 1:
            assert outcome is Outcome.ANSWER, wording
            assert ranking.matches[0].question.id == question.id, wording


def test_one_typo_in_a_long_word_brings_no_other_answer(shipped):
    for wording, question in wordings(shipped):
        ranking = shipped.matcher.rank(one_typo(wording))
        outcome, _ = choose(ranking, Policy(), Place())
        assert outcome is not Outcome.ANSWER or ranking.matches[0].question.id == question.id, wording


@pytest.mark.parametrize("change", [lambda text: text[::-1], lambda text: text.translate(_LOOKALIKES)])
def test_reversed_or_mixed_script_text_never_gets_anothers_answer(shipped, change):
    for wording, question in wordings(shipped):
        ranking = shipped.matcher.rank(change(wording))
        outcome, _ = choose(ranking, Policy(), Place())
        assert outcome is not Outcome.ANSWER or ranking.matches[0].question.id == question.id, wording


def test_the_same_text_gets_the_same_decision(shipped):
    for wording, _ in wordings(shipped):
        assert respond(shipped, wording, Place()) == respond(shipped, wording, Place())
