"""Does a text ask? A pure gate for overheard messages; asked directly it tells small talk from questions.

Signs are found in the text (a question mark, "how long", "someone asked"), and a logistic model weighs them. A message
asks when one of its clauses does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.matching.clauses import Clause, clauses
from knowledge.matching.phrases import (
    ANSWERING,
    ASKING_PHRASES,
    AUXILIARIES,
    COMMANDS,
    ENGLISH,
    FOREIGN,
    IN_NAMES,
    INTERROGATIVES,
    LAUGHING,
    MEASURES,
    NARRATIVE,
    NO_IDEA,
    PAST,
    QUOTING,
    RHETORICAL,
    SMALL_TALK,
    STARTERS,
    SUBJECTS,
    TO_MEMBER,
    holds,
    without_filler,
)
from knowledge.model import Asking, AskKind
from knowledge.text import words as spelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.matching.model import Logistic

_ASKS = 0.5
_TELLS = 0.3
_TELLING_SIGNS = frozenset(
    "starts_with_subject past opens_in_past told quoted quoting named to_member command-or-code".split()
)
_COMMAND = re.compile(r"^\s*[!/$?.%;][a-z]")
_CODE = re.compile(r"[{}=<>\\|]|;\s*$|\w\(\)|\s--\w|^\s*(?:sudo|git|npm|pip|docker|select|curl|cd) ", re.IGNORECASE)
_QUOTED = re.compile(
    r"[\"\u201c\u201d][^\"\u201c\u201d]{6,}[\"\u201c\u201d]|(?:^|\s)['\u2018][^'\u2019]{6,}['\u2019](?:\s|$|[,.])"
)
_NAMED = re.compile(r"(?:^|\s)@\w")
_FOREIGN_LEAST = 2
# A command line or a piece of code asks nobody here, whatever words it holds.
_SURELY_NOT = 0.05
_SHORT_WORDING = 12
_LEAST_PAST = 5
_LEAST_PUNCHLINE = 3
# Fewer words around a quotation only introduce it.
_LEAST_AROUND = 3
# "Is botox safe" asks; "was right about it" and "had my jab" tell, with their subject left out.
_NEED_A_SUBJECT = frozenset("have had has must may was were did".split())
_DETERMINERS = frozenset("the a an any anyone anybody some all".split())


@dataclass(frozen=True, slots=True)
class Heard:
    """What the gate made of a text: whether it asks, all its words, and those of the clauses that ask.

    Where no clause asks, `focus` is all words.
    """

    asking: Asking
    words: tuple[str, ...]
    focus: tuple[str, ...]


def hear(raw: str, text: str, words: tuple[str, ...], model: Logistic) -> Heard:
    """Judge a message: `raw` as it came, `text` without markup, and its normalised words."""
    plain = _plain_kind(words)
    if plain is not None:
        return Heard(Asking(plain, 0.0, (plain.value,)), words, words)
    if _COMMAND.match(raw) or "`" in raw or _CODE.search(text):
        return Heard(Asking(AskKind.STATEMENT, _SURELY_NOT, ("command-or-code",)), words, words)
    parts = clauses(_said_by_the_writer(text))
    whole = _message_signs(raw, words, parts)
    scored = [(model.probability(signs), signs, part) for part, signs in _with_signs(parts, whole)]
    if not scored:
        return Heard(Asking(AskKind.STATEMENT, 0.0), words, words)
    score, signs, _ = max(scored, key=lambda one: one[0])
    focus = tuple(word for chance, _, part in scored if chance >= max(_ASKS, score - 0.3) for word in part.words)
    kind = AskKind.QUESTION if score >= _ASKS else AskKind.STATEMENT
    found = {name for name, value in signs.items() if value}
    if kind is AskKind.STATEMENT:
        found |= {name for _, others, _ in scored for name in _TELLING_SIGNS if others.get(name)}
    return Heard(Asking(kind, score, tuple(sorted(found))), words, focus or words)


def asking_part(text: str, words: Sequence[str], model: Logistic) -> tuple[str, ...]:
    """Give the words of the clauses of a stored wording that ask; all of them where it is short or none stands out."""
    if len(words) <= _SHORT_WORDING:
        return tuple(words)
    parts = clauses(text)
    if len(parts) == 1 and parts[0].words == tuple(words):
        return tuple(words)
    whole = _message_signs(text, words, parts)
    scored = [(model.probability(signs), part) for part, signs in _with_signs(parts, whole)]
    top = max((score for score, _ in scored), default=0.0)
    focus = tuple(word for score, part in scored if score >= max(_ASKS, top - 0.3) for word in part.words)
    return focus or tuple(words)


def asks(text: str, words: Sequence[str], model: Logistic) -> bool:
    """Tell whether a stored wording asks, by the signs that a message is judged by."""
    return any(model.probability(signs) >= _ASKS for signs in gate_signs(text, text, words))


def tells(asking: Asking) -> bool:
    """Tell whether a message surely tells something: little in it asks, and a sign of telling is there."""
    return asking.score < _TELLS and shows_telling(asking)


def shows_telling(asking: Asking) -> bool:
    """Tell whether a message that does not surely ask shows a sign of telling.

    It opens with who or what it tells of, tells what was, quotes, speaks to somebody by name, or is a command.
    """
    return asking.kind is AskKind.STATEMENT and not _TELLING_SIGNS.isdisjoint(asking.signs)


def gate_signs(raw: str, text: str, words: Sequence[str]) -> list[dict[str, float]]:
    """Give the signs of each clause, for training."""
    parts = clauses(_said_by_the_writer(text))
    return [signs for _, signs in _with_signs(parts, _message_signs(raw, words, parts))]


def _said_by_the_writer(text: str) -> str:
    """Give a text without what stands in quotation marks: who quotes a question does not ask it.

    A text that is little but a quotation stays as it is.
    """
    rest = _QUOTED.sub(" ; ", text)
    return rest if len(spelled(rest)) >= _LEAST_AROUND else text


def _with_signs(parts: Sequence[Clause], whole: dict[str, float]) -> list[tuple[Clause, dict[str, float]]]:
    followed = [
        any(not later.marked and len(later.words) > _LEAST_PUNCHLINE for later in parts[place + 1 :])
        for place in range(len(parts))
    ]
    return [
        (part, whole | _clause_signs(part) | {"followed": float(part.marked and after)})
        for part, after in zip(parts, followed, strict=True)
    ]


def _plain_kind(words: Sequence[str]) -> AskKind | None:
    if not words:
        return AskKind.NOTHING_TO_READ
    letters = [char for word in words for char in word if char.isalpha()]
    if sum(char.isascii() for char in letters) < len(letters) / 2:
        return AskKind.OTHER_LANGUAGE
    if all(word in SMALL_TALK for word in words):
        return AskKind.SMALL_TALK
    return AskKind.OTHER_LANGUAGE if _reads_foreign(frozenset(words)) else None


def _reads_foreign(words: frozenset[str]) -> bool:
    foreign = words & FOREIGN
    return len(foreign) >= _FOREIGN_LEAST and len(foreign) > len(words & ENGLISH) and not foreign <= IN_NAMES


def _message_signs(raw: str, words: Sequence[str], parts: Sequence[Clause]) -> dict[str, float]:
    return {
        "quoted": float(bool(_QUOTED.search(raw))),
        "quoting": float(holds(words, QUOTING)),
        "named": float(bool(_NAMED.search(raw))),
        "any_mark": float(any(part.marked for part in parts)),
        "one_word": float(len(without_filler(words)) <= 1),
        "short": float(2 <= len(words) <= 6),  # noqa: PLR2004  # the length of keywords typed into a search box
        "long": float(len(words) > 40),  # noqa: PLR2004  # a story
        "laughing": float(holds(words, LAUGHING)),
        "rhetorical": float(holds(words, RHETORICAL) or any(map(_exclaims, parts))),
    }


def _clause_signs(part: Clause) -> dict[str, float]:
    words = without_filler(part.words) or part.words
    first, second = words[0], words[1] if len(words) > 1 else ""
    interrogative = first in INTERROGATIVES
    asked = interrogative and second not in SUBJECTS
    inverted, wishes = _inverted(words), holds(part.words, ASKING_PHRASES)
    later = any(_asks_at(words, place) for place in range(len(words) - 1))
    return {
        "mark": float(part.marked),
        "interrogative": float(interrogative),
        "wh_inverted": float(interrogative and _asks_before_it_tells(words[1:5])),
        "wh_told": float(interrogative and second in SUBJECTS),
        "inverted": float(inverted),
        "inverted_first_person": float(inverted and second in {"i", "my", "it", "there"}),
        "later_question": float(later and not (interrogative or inverted)),
        "asking_phrase": float(wishes),
        "to_member": float(holds(words[:6], TO_MEMBER)),
        "starts_with_subject": float(first in STARTERS),
        "past": float(holds(words, NARRATIVE)),
        "opens_in_past": float(not part.marked and _in_past(first)),
        "told": float(not (asked or inverted or later or wishes or part.marked) and _told(words)),
        "answering": float(holds(words[:6], ANSWERING)),
        "no_idea": float(holds(part.words, NO_IDEA)),
        "keywords": float(_keywords(words)),
        "keywords_marked": float(_keywords(words) and part.marked),
    }


def _in_past(word: str) -> bool:
    """Tell whether a word that opens a clause tells what was, its subject left out: "took my ...", "booked it"."""
    return word in PAST or (word.endswith("ed") and not word.endswith("eed") and len(word) >= _LEAST_PAST)


def _told(words: Sequence[str]) -> bool:
    """Tell whether words are more than a topic and no command: "the jab is on saturday", not "add it to my list"."""
    opens = words[0] in COMMANDS or words[0].endswith("ing")
    return not opens and any(word in SUBJECTS or word in AUXILIARIES for word in words)


def _asks_at(words: Sequence[str], place: int) -> bool:
    """Tell whether a question begins amid words: "when can i", "how long", "is it"; not "what i do"."""
    word, following = words[place], words[place + 1]
    if word in INTERROGATIVES:
        return following in MEASURES or _asks_before_it_tells(words[place + 1 : place + 5])
    return word in AUXILIARIES and following in SUBJECTS


def _exclaims(part: Clause) -> bool:
    """Tell whether a clause only exclaims: "what a day"."""
    return part.words[:2] in {("what", "a"), ("what", "an")} and not part.marked


def _asks_before_it_tells(words: Sequence[str]) -> bool:
    """Tell whether the verb comes before whom it is about: "what do i need", not "what you need is rest"."""
    subject = next((place for place, word in enumerate(words) if word in SUBJECTS), len(words))
    return any(word in AUXILIARIES for word in words[:subject])


def _inverted(words: Sequence[str]) -> bool:
    """Tell whether a clause begins as a question does: "is it ok", "does dairy cause", not "had a day"."""
    if words[0] not in AUXILIARIES or len(words) <= 2:  # noqa: PLR2004
        return False
    if words[1] == "not":
        return words[2] in SUBJECTS
    return words[0] not in _NEED_A_SUBJECT or words[1] in SUBJECTS or words[1] in _DETERMINERS


def _keywords(words: Sequence[str]) -> bool:
    return len(words) >= 2 and not any(word in SUBJECTS or word in AUXILIARIES for word in words)  # noqa: PLR2004
