"""What is denied: "safe" against "not safe", "with a fever" against "without a fever"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.matching.stem import stem

if TYPE_CHECKING:
    from knowledge.matching.claims import Claims

_NEGATORS = frozenset({"not", "no", "never", "without", "unable", "nor", "neither"})
_AUXILIARIES = frozenset("is are was were do does did can could should would will has have must need may am".split())
_SKIPPED = frozenset("i you he she it we they to be a an the my your any of really actually ever even have".split())
# "I do not know if ...", "not sure": nothing of the question is denied.
# What "will not stop twitching" goes on, and no remedy is said to fail.
_STOPPED = frozenset({"stop", "quit"})
_EMPTY = frozenset("know sure want think mind understand just only sur if".split())


def denied(words: tuple[str, ...]) -> tuple[str, ...]:
    """Give the stems of what normalised words deny. A leading "can't I", "isn't it" only asks."""
    found: dict[str, None] = {}
    for place, word in enumerate(words):
        if word not in _NEGATORS:
            continue
        if word == "not" and place == 1 and words[0] in _AUXILIARIES and words[2:3] and words[2] in _SKIPPED:
            continue
        rest = [other for other in words[place + 1 : place + 5] if other not in _SKIPPED]
        goes_on = len(rest) > 1 and rest[0] in _STOPPED and rest[1].endswith("ing")
        if rest and stem(rest[0]) not in _EMPTY and not goes_on:
            found[stem(rest[0])] = None
    return tuple(found)


def contradicted(asked: Claims, stored: Claims) -> list[tuple[str, str]]:
    """Give what one text denies and the other names without denying it, as each of them says it."""
    if not asked.denied and not stored.denied:
        return []
    ours, theirs = set(asked.denied), set(stored.denied)
    asked_words, stored_words = {stem(word): word for word in asked.words}, {stem(word): word for word in stored.words}
    found = [(f"not {asked_words[one]}", stored_words[one]) for one in sorted((ours - theirs) & stored_words.keys())]
    found += [(asked_words[one], f"not {stored_words[one]}") for one in sorted((theirs - ours) & asked_words.keys())]
    return found
