"""Make `words.json`: in what share of general texts a term stands, and which words are ordinary English.

    python -m benchmarks.training.background

Counts words alone, from the question sets beside the project: stored questions, answers, and the asked texts of the
sets that people typed with care (not the one whose typing errors were made by program). Each set counts the same, so
that 43,000 titles about diseases do not make "disease" the commonest word of English.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.training.sets import FOLDERS, load
from knowledge.matching._drugs import read_drugs
from knowledge.matching.lexicon import Lexicon, join_drugs, read_synonyms
from knowledge.text import words

TARGET = Path(__file__).resolve().parents[2] / "knowledge" / "matching" / "words.json"
_UNTRUSTED_ASKED = {"diseases-typos"}
_LEAST_COUNT = 2
_LEAST_SHARE = 2e-5


def main() -> None:
    synonyms = TARGET.with_name("synonyms.txt").read_text(encoding="utf-8").splitlines()
    joined, longest, groups = read_synonyms(synonyms)
    drugs = read_drugs(TARGET.with_name("drugs.txt").read_text(encoding="utf-8").splitlines())
    drug_terms = join_drugs(drugs, joined, longest)
    lexicon = Lexicon({}, frozenset(), joined, longest, groups, drugs, drug_terms)
    shares: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for name in FOLDERS:
        texts = _texts(name)
        terms: Counter[str] = Counter()
        for text in texts:
            found = words(text)
            counts.update(word for word in found if word.isalpha())
            terms.update(set(lexicon.terms(found)))
        for term, count in terms.items():
            shares[term] += count / len(texts) / len(FOLDERS)
    known = sorted(word for word, count in counts.items() if count >= _LEAST_COUNT and word.isascii())
    kept = {term: round(share, 6) for term, share in sorted(shares.items()) if share >= _LEAST_SHARE and term.isascii()}
    data = {
        "made": datetime.now(UTC).date().isoformat(),
        "by": "benchmarks/training/background.py",
        "from": sorted(FOLDERS),
        "known": " ".join(known),
        "shares": kept,
    }
    TARGET.write_text(json.dumps(data, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(known)} words, {len(kept)} shares, {TARGET.stat().st_size} bytes")


def _texts(name: str) -> list[str]:
    chosen = load(name)
    texts = [wording for question in chosen.stored for wording in question.wordings]
    texts += [
        sentence for question in chosen.stored for answer in question.answers for sentence in answer.body.split(". ")
    ]
    if name not in _UNTRUSTED_ASKED:
        texts += [asked.text for asked in chosen.asked]
    return [text for text in texts if text != "(no text in this set)"]


if __name__ == "__main__":
    main()
