"""Phrases and frames find a way where there is one, and give up in bounded time where there is none."""

from __future__ import annotations

import pytest

from knowledge.safety.occurrences import Lexicon, Occurrences
from knowledge.safety.patterns import Frame, element, phrase
from knowledge.safety.reading import Reading

WORDS = ("take", "took", "all", "my", "pills", "of", "the", "bottle")
TERMS = {(word,): (word,) for word in WORDS} | {
    ("all", "my", "pills"): ("MANY",),
    ("all", "my"): ("MANY",),
    ("pills",): ("pills", "PILLS"),
    ("bottle",): ("bottle", "PILLS"),
}


def found(text):
    words = tuple(text.split())
    sentences, sentence = [], 0
    for word in words:
        sentences.append(sentence)
        sentence += word == "."
    reading = Reading(words, tuple(sentences), tuple(sentences), (False,) * len(words), {}, asks=False)
    return Occurrences(reading, Lexicon(TERMS).places(reading))


@pytest.mark.parametrize(
    ("pattern", "text", "spans"),
    [
        ("took MANY", "took all my pills", [((0, 1), (1, 4))]),  # the longest term where it does
        ("took MANY PILLS", "took all my pills", [((0, 1), (1, 3), (3, 4))]),  # a shorter one where it must
        ("took .. all .. bottle", "took all . took all of the bottle", [((3, 4), (4, 5), (7, 8))]),
        ("took .. PILLS of", "took pills pills of", [((0, 1), (2, 3), (3, 4))]),  # a later place where it must
        ("took .. pills of bottle", "took pills of the pills", []),
    ],
)
def test_a_phrase_takes_what_the_rest_of_it_needs(pattern, text, spans):
    assert [hit.parts for hit in phrase(pattern).find(found(text))] == spans


def test_a_frame_takes_another_place_where_the_nearest_is_needed_by_the_next():
    frame = Frame(tuple(map(element, ("took", "PILLS", "bottle"))), within=6)
    (hit,) = frame.find(found("took the bottle of pills"))
    assert hit.parts == ((0, 1), (4, 5), (2, 3))
    assert not list(frame.find(found("took the bottle")))


def test_each_place_is_tried_once_however_many_lead_to_it():
    text = found(" ".join(["took all my pills of the bottle"] * 150))
    tried = []
    ask = text.between
    text.between = lambda *asked: tried.append(asked) or ask(*asked)
    assert not list(phrase("took ..9 PILLS|MANY ..9 PILLS|MANY ..9 PILLS|MANY ..9 took took").find(text))
    assert len(tried) < 5 * len(text.reading.words)
