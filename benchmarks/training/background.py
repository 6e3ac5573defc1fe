"""Make `words.json`: in what share of general texts a term stands, and which words are ordinary English.

    python -m benchmarks.training.background

Counts words alone, from the question sets beside the project: stored questions, answers, and asked texts but those
whose typing errors were made by program. Each set counts the same, so that 43,000 titles about diseases do not make
"disease" the commonest word of English. What was typed in haste tells how common words are, and not how they are spelt.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.training.sets import FOLDERS, load
from knowledge.matching._drugs import read_drugs
from knowledge.matching.lexicon import Lexicon, join_drugs, read_synonyms
from knowledge.text import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

TARGET = Path(__file__).resolve().parents[2] / "knowledge" / "matching" / "words.json"
# Without the set that is the project's own: its writer knew which words tell two questions apart.
COUNTED = tuple(name for name in FOLDERS if name != "talk")
_MADE_BY_PROGRAM = {"diseases-typos"}
_TYPED_IN_HASTE = {"chatter"}
_LEAST_COUNT = 2
_LEAST_SHARE = 2e-5


@dataclass(frozen=True, slots=True)
class Counted:
    """The words of one set: how often each stands in careful texts, and in what share of all texts each term does."""

    counts: Mapping[str, int]
    shares: Mapping[str, float]


def main() -> None:
    lexicon = lexicon_without_counts()
    shares, known = combined([counted(name, lexicon) for name in COUNTED])
    data = {
        "made": datetime.now(UTC).date().isoformat(),
        "by": "benchmarks/training/background.py",
        "from": sorted(COUNTED),
        "known": " ".join(sorted(known)),
        "shares": {term: round(share, 6) for term, share in sorted(shares.items())},
    }
    TARGET.write_text(json.dumps(data, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(known)} words, {len(shares)} shares, {TARGET.stat().st_size} bytes")


def counted(name: str, lexicon: Lexicon) -> Counted:
    """Count the words of one of COUNTED, synonyms joined as `lexicon` joins them."""
    careful, asked = _texts(name)
    texts = careful if name in _MADE_BY_PROGRAM else careful + asked
    spelt = careful if name in _MADE_BY_PROGRAM | _TYPED_IN_HASTE else texts
    counts = Counter(word for text in spelt for word in words(text) if word.isalpha())
    terms = Counter(term for text in texts for term in set(lexicon.terms(words(text))))
    return Counted(counts, {term: count / len(texts) for term, count in terms.items()})


def combined(sets: Sequence[Counted]) -> tuple[dict[str, float], frozenset[str]]:
    """Give the mean share of each term over some sets, and the words that are ordinary English by them."""
    shares: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for one in sets:
        counts.update(one.counts)
        for term, share in one.shares.items():
            shares[term] += share / len(sets)
    known = frozenset(word for word, count in counts.items() if count >= _LEAST_COUNT and word.isascii())
    return {term: share for term, share in shares.items() if share >= _LEAST_SHARE and term.isascii()}, known


def without(left_out: str, counts: Mapping[str, Counted], lexicon: Lexicon) -> Lexicon:
    """Give `lexicon` as it would be had nobody seen the set `left_out`."""
    shares, known = combined([one for name, one in counts.items() if name != left_out])
    return replace(lexicon, shares=shares, known=known)


def lexicon_without_counts() -> Lexicon:
    """Give what is known of English beside counts: synonyms and medicines."""
    synonyms = TARGET.with_name("synonyms.txt").read_text(encoding="utf-8").splitlines()
    joined, longest, groups = read_synonyms(synonyms)
    drugs = read_drugs(TARGET.with_name("drugs.txt").read_text(encoding="utf-8").splitlines())
    return Lexicon({}, frozenset(), joined, longest, groups, drugs, join_drugs(drugs, joined, longest))


def _texts(name: str) -> tuple[list[str], list[str]]:
    """Give the stored texts of a set, answers sentence by sentence, and its asked texts."""
    chosen = load(name)
    texts = [wording for question in chosen.stored for wording in question.wordings]
    texts += [
        sentence for question in chosen.stored for answer in question.answers for sentence in answer.body.split(". ")
    ]
    return [text for text in texts if text != "(no text in this set)"], [asked.text for asked in chosen.asked]


if __name__ == "__main__":
    main()
