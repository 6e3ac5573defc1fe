"""Words that hide from word filters are read; what only looks like one is left alone."""

from __future__ import annotations

import time

import pytest

from knowledge.model import Tier
from knowledge.safety.disguises import Disguises
from tests.knowledge.safety.shipped import SCREEN


@pytest.mark.parametrize(
    "text",
    [
        "k i l l  m y s e l f",
        "i want to k i l l m y s e l f",
        "I W A N T  T O  D I E",
        "s.u.i.c.i.d.e is on my mind, i want to d.i.e",
        "k-m-s tonight, i mean it",
        "h e l p  i  c a n t  b r e a t h e",
        "i want to d13",
        "gonna k1ll mys3lf",
        "i am 5uicidal",
        "i want to d*e",
        "gonna k*ll myself",
        "i w\u0430nt t\u043e d\u0456\u0435",  # Cyrillic letters
        "\u03b9 want to d\u03b9e",  # Greek ones
        "\uff49 \uff57\uff41\uff4e\uff54 \uff54\uff4f \uff44\uff49\uff45",  # full width
        "\u026a \u1d21\u1d00\u0274\u1d1b \u1d1b\u1d0f \u1d05\u026a\u1d07",  # small capitals
        "\U0001f1f0\U0001f1ee\U0001f1f1\U0001f1f1 myself",  # flags
        "chst pain and my arm is numb",
    ],
)
def test_a_disguised_alarm_is_heard(text):
    assert SCREEN(text).tier is Tier.EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "a b c d e f g",
        "plan a, b, c or d",
        "made in the u.s.a., e.g. by hand",
        "5mg of b12, a1c of 6, h1n1 shot on the 3rd, my 4yo got 10ml",
        "sh*t i lost again",
        "**kill** the process",
        "\u043d\u0435 \u043f\u043e\u043c\u043e\u0433\u0430\u0435\u0442 botox",  # Russian: botox does not help
    ],
)
def test_what_is_no_disguise_stays_calm(text):
    assert SCREEN(text).tier is Tier.NONE


def test_only_known_words_come_out():
    disguises = Disguises(frozenset({"kill", "die"}), ["die", "kill"])
    assert disguises.joined("k i l l, x y z, d.i.e") == "kill, x y z, die"
    assert disguises.undone("k1ll d13 b12 d*e k**l x*y **die**") == "kill die b12 die kill x*y **die**"


@pytest.mark.parametrize(
    "text",
    [
        "k.i.l.l." * 500, "a " * 2000, "i w a n t  t o  d i e  " * 180, "k1ll d13 su1c1de " * 240, "d*e k*ll " * 444,
        "*a" * 2000, "\u0456 w\u0430nt " * 570, "chst brthng thrt " * 240, " . - a" * 600,
    ],
    ids=["dots", "letters", "spaced", "digits", "stars", "star", "Cyrillic", "no vowels", "signs"],
)  # fmt: skip
def test_undoing_disguises_takes_no_time(text):
    times = []
    for _ in range(3):
        start = time.process_time()
        SCREEN(text[:4000])
        times.append(time.process_time() - start)
    assert min(times) < 0.05  # the goal is 5 ms; a busy machine gets ten times that
