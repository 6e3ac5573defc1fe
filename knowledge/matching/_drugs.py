"""Names of medicines: what a misspelt one means, and which may not stand for each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.matching.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


_LEAST = 5
_LONG = 10
_ENDINGS = tuple(
    """
    pril sartan statin azole cillin mycin cycline floxacin olol prazole tidine gliptin gliflozin triptan setron mab
    tinib
    parin barbital azepam azolam caine oxetine dipine afil dronate glutide phylline zepam thiazide profen codone
    morphone
    ciclovir cyclovir tegravir navir zosin
    """.split()
)
_LEAST_DRUG_LIKE = 7


@dataclass(frozen=True, slots=True)
class Drugs:
    """The medicines known by name: each name with the generic it stands for."""

    generic_of: Mapping[str, str]
    names: Vocabulary

    def misspelt(self, word: str) -> tuple[str, int]:
        """Give the generic that an unknown word is a misspelling of, and the edits: within one of just one name.

        Two edits where the word has ten letters and the first agrees; ("", 0) where no one name is near.
        """
        if len(word) < _LEAST:
            return "", 0
        edits = 2 if len(word) >= _LONG else 1
        found = [(name, distance) for name, distance in self.names.near(word) if distance <= edits]
        nearest = min((distance for _, distance in found), default=0)
        generics = {
            self.generic_of[name]
            for name, distance in found
            if distance == nearest and (distance == 1 or name[0] == word[0])
        }
        return (generics.pop(), nearest) if len(generics) == 1 else ("", 0)


def read_drugs(lines: Iterable[str]) -> Drugs:
    """Read names of medicines, a generic with its brands a line."""
    table: dict[str, str] = {}
    for line in lines:
        text = line.partition("#")[0].strip()
        names = [name.strip() for name in text.split("|") if name.strip()]
        if names:
            table.update(dict.fromkeys(names, names[0]))
    return Drugs(table, Vocabulary(table))


def drug_like(word: str) -> bool:
    """Tell whether an unknown word has the ending of a medicine's name."""
    return len(word) >= _LEAST_DRUG_LIKE and word.endswith(_ENDINGS)


def contradicted(asked: Sequence[str], stored: Sequence[str]) -> list[tuple[str, str, bool]]:
    """Give the generics that one of two texts lacks, those of each side: hard where both lack one, else soft."""
    if not asked and not stored:
        return []
    ours, theirs = set(asked), set(stored)
    only_ours, only_theirs = sorted(ours - theirs), sorted(theirs - ours)
    if only_ours or only_theirs:
        return [(", ".join(only_ours), ", ".join(only_theirs), bool(only_ours and only_theirs))]
    return []
