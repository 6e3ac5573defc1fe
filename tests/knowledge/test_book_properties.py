"""Over every wording that the shipped book stores: it finds its own entry, and no disguise finds another's."""

from __future__ import annotations

import random
import string

import pytest

from knowledge.model import AnswerReply, Place, Tier
from knowledge.respond import respond

ASKED = Place(addressed=True)
LONG_WORD = 8
# Of wordings with one typo inside a long word, the least share that is still answered.
STILL_ANSWERED = 0.8
STEP = 6

_FULL_WIDTH = str.maketrans({char: chr(ord(char) + 0xFEE0) for char in string.printable if 0x21 <= ord(char) <= 0x7E})
_CYRILLIC_LOOKALIKES = str.maketrans("aceopxyi", "асеорхуі")  # noqa: RUF001  # the look-alikes are the point

_INVISIBLE = "\N{ZERO WIDTH SPACE}\N{SOFT HYPHEN}\N{ZERO WIDTH NON-JOINER}\N{WORD JOINER}"


@pytest.fixture(scope="module")
def stored(shipped) -> list[tuple[str, str]]:
    """Every stored wording with the id of its entry."""
    return [(wording, question.id) for question in shipped.questions.values() for wording in question.wordings]


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(STEP, id="every sixth wording"),
        pytest.param(1, id="every wording", marks=pytest.mark.slow),
    ],
)
def some(request, stored) -> list[tuple[str, str]]:
    """Stored wordings of all entries, as many as a quick run takes, or all."""
    return stored[:: request.param]


def answered_by(snapshot, text) -> str | None:
    decision = respond(snapshot, text, ASKED)
    return decision.reply.question.id if isinstance(decision.reply, AnswerReply) else None


def not_answered_by_their_own(snapshot, cases) -> list[str]:
    found = [(text, entry, answered_by(snapshot, text)) for text, entry in cases]
    return [f"{text!r}: {answered}, wanted {entry}" for text, entry, answered in found if answered != entry]


def wrongly(missed: list[str]) -> list[str]:
    return [told for told in missed if ": None, wanted" not in told]


def answered_by_another(snapshot, cases) -> list[str]:
    return wrongly(not_answered_by_their_own(snapshot, cases))


def between_all(text: str) -> str:
    return "".join(char + _INVISIBLE[place % len(_INVISIBLE)] for place, char in enumerate(text))


def no_punctuation(text: str) -> str:
    return "".join(char for char in text if char not in string.punctuation.replace("'", ""))


def mixed_case(text: str) -> str:
    return "".join(char.upper() if place % 2 else char.lower() for place, char in enumerate(text))


def with_typos(text: str) -> list[str]:
    """Give `text` with one letter dropped, doubled, swapped or replaced inside one of its long words, each way once."""
    words = text.split()
    long_words = [place for place, word in enumerate(words) if len(word) >= LONG_WORD and word.isalpha()]
    if not long_words:
        return []
    chance = random.Random(text)
    place = chance.choice(long_words)
    word = words[place]
    at = chance.randrange(2, len(word) - 2)
    other = chance.choice(string.ascii_lowercase)
    mistyped = {
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + other + word[at + 1 :],
    }
    return [" ".join([*words[:place], typed, *words[place + 1 :]]) for typed in sorted(mistyped - {word})]


def test_a_stored_wording_is_always_answered_by_its_own_entry(shipped, stored):
    assert not (missed := not_answered_by_their_own(shipped, stored)), "\n".join(missed)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(mixed_case, id="case"),
        pytest.param(between_all, id="zero-width characters"),
        pytest.param(lambda text: text.translate(_FULL_WIDTH), id="full-width letters"),
        pytest.param(lambda text: f"  {no_punctuation(text).replace(' ', chr(0xA0) + '  ')}\n", id="no punctuation"),
        pytest.param(lambda text: f"{text}!!??", id="more punctuation"),
        pytest.param(lambda text: f"hi all, {text} thanks!", id="courtesy"),
    ],
)
def test_how_a_wording_is_written_changes_nothing(shipped, some, change):
    assert not (missed := not_answered_by_their_own(shipped, [(change(text), entry) for text, entry in some])), (
        "\n".join(missed)
    )


@pytest.mark.slow
def test_one_typo_in_a_long_word_never_brings_another_answer(shipped, stored):
    mistyped = [(typed, entry) for text, entry in stored for typed in with_typos(text)]
    missed = not_answered_by_their_own(shipped, mistyped)

    assert not (wrong := wrongly(missed)), "\n".join(wrong)
    assert len(missed) <= len(mistyped) * (1 - STILL_ANSWERED), missed


@pytest.mark.parametrize(
    "disguise",
    [
        pytest.param(lambda text: text[::-1], id="reversed letters"),
        pytest.param(lambda text: " ".join(reversed(text.split())), id="reversed words"),
        pytest.param(lambda text: text.lower().translate(_CYRILLIC_LOOKALIKES), id="Cyrillic look-alikes"),
        pytest.param(lambda text: f"\N{RIGHT-TO-LEFT OVERRIDE}{text[::-1]}", id="right-to-left override"),
    ],
)
def test_a_disguised_wording_never_brings_another_answer(shipped, some, disguise):
    assert not (wrong := answered_by_another(shipped, [(disguise(text), entry) for text, entry in some])), "\n".join(
        wrong
    )


def test_the_same_text_is_always_decided_the_same(shipped, stored):
    for text, _ in stored[::10]:
        assert respond(shipped, text, ASKED) == respond(shipped, text, ASKED)


def test_no_stored_wording_alarms(shipped, stored):
    assert [text for text, _ in stored if shipped.screen(text).tier is Tier.EMERGENCY] == []
