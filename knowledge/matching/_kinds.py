"""Body parts and treatments: a text and a question that name different ones do not ask the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    Things = Mapping[str, Sequence[str]]

_JOINING = frozenset({"and", "or", "with", "plus"})


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing: each of its terms with all wholes that it is a part of, itself included.

    `spoken` gives each term as people write it, `begins` what a text must hold to name something of this kind.
    """

    name: str
    wholes: Mapping[str, frozenset[str]]
    spoken: Mapping[str, str]
    begins: frozenset[str]

    def named(self, terms: Sequence[str]) -> list[str]:
        """Give what of this kind stands in a text's terms, in order; two terms in a row may name one thing."""
        if self.begins.isdisjoint(terms):
            return []
        found, place = [], 0
        while place < len(terms):
            both = "_".join(terms[place : place + 2])
            name = both if both in self.wholes else terms[place]
            if name in self.wholes:
                found.append(name)
            place += 2 if name == both else 1
        return found

    def said(self, terms: Iterable[str]) -> str:
        """Give terms of this kind as people write them, each once."""
        return ", ".join(dict.fromkeys(self.spoken[term] for term in terms))

    def same(self, one: str, other: str) -> bool:
        """Tell whether two terms of this kind mean the same thing."""
        return other in self.wholes[one] and one in self.wholes[other]

    def agree(self, one: str, other: str) -> bool:
        """Tell whether two terms of this kind are the same, or one is a part of the other."""
        return other in self.wholes[one] or one in self.wholes[other]


def contradicted(asked: Things, stored: Things, title: Things, kinds: Mapping[str, Kind]) -> list[tuple[str, str, str]]:
    """Give the kinds of which both sides name something and nothing that one names agrees with the other's.

    `asked`, `stored` and `title` are what each names, by kind. Each kind comes with what the text names and what the
    stored question does.

    A wording of a whole does not open its entry to every part: "my face twitches" stands for a cheek, and an eye that
    twitches is another question. So the title is asked first, unless the wording names the very thing.
    """
    found = []
    for name, ours in asked.items():
        kind, theirs = kinds[name], stored.get(name, ())
        if any(kind.same(one, other) for one in ours for other in theirs):
            continue
        theirs = title.get(name) or theirs
        if theirs and not any(kind.agree(one, other) for one in ours for other in theirs):
            found.append((kind.name, kind.said(ours), kind.said(theirs)))
    return found


def together_with(asked: Sequence[str], stored: Sequence[str], kind: Kind) -> str:
    """Give what of a kind a text joins to what the stored question names too: "filler" of "botox and filler"; or ""."""
    if _JOINING.isdisjoint(asked):
        return ""
    theirs = kind.named(stored)
    for place, term in enumerate(asked):
        if term not in _JOINING:
            continue
        before, after = kind.named(asked[max(0, place - 2) : place]), kind.named(asked[place + 1 : place + 3])
        met = [any(kind.agree(one, other) for other in theirs) for one in (*before, *after)]
        if before and after and any(met) and not all(met):
            return kind.said(one for one, agrees in zip((*before, *after), met, strict=True) if not agrees)
    return ""


def read_kinds(lines: Iterable[str], term_of: Callable[[str], str]) -> dict[str, Kind]:
    """Read kinds, by name. Raises ValueError on another line.

    `term_of` gives the one term that a phrase is looked up by.
    """
    kinds: dict[str, dict[str, set[str]]] = {}
    spoken: dict[str, str] = {}
    table: dict[str, set[str]] | None = None

    def term(phrase: str) -> str:
        found = term_of(phrase.strip())
        spoken.setdefault(found, phrase.strip())
        return found

    for line in lines:
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        if text.startswith("["):
            table = kinds.setdefault(text.strip("[]"), {})
        elif table is None:
            raise ValueError(f"a kind begins with its name in brackets, not with {text[:20]!r}")
        else:
            _read_line(text, table, term)
    return {name: _kind(name, table, spoken) for name, table in kinds.items()}


def _kind(name: str, table: Mapping[str, set[str]], spoken: Mapping[str, str]) -> Kind:
    words = [one.split("_") for one in table]
    begins = frozenset("_".join(parts[:end]) for parts in words for end in range(1, len(parts) + 1))
    return Kind(name, {one: _all_wholes(one, table) for one in table}, spoken, begins)


def _read_line(text: str, table: dict[str, set[str]], term: Callable[[str], str]) -> None:
    whole, parted, parts = text.partition(">")
    if parted:
        top = term(whole)
        table.setdefault(top, {top})
        for part in map(term, parts.split("|")):
            table.setdefault(part, {part}).add(top)
    elif text.startswith("="):
        same = [term(word) for word in text[1:].split("|")]
        for one in same:
            table.setdefault(one, {one}).update(same)
    else:
        raise ValueError(f"a line of kinds holds > or begins with =, unlike {text[:20]!r}")


def _all_wholes(term: str, table: Mapping[str, set[str]]) -> frozenset[str]:
    found, rest = {term}, [term]
    while rest:
        for whole in table[rest.pop()] - found:
            found.add(whole)
            rest.append(whole)
    return frozenset(found)
