"""The matcher's data files: weights and words made by the scripts in `benchmarks/training`, lists kept by hand."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.errors import DataFault
from knowledge.matching._drugs import read_drugs
from knowledge.matching._kinds import read_kinds
from knowledge.matching.lexicon import Lexicon, join_drugs, read_synonyms
from knowledge.matching.model import Logistic
from knowledge.matching.wordings import WordingReader

if TYPE_CHECKING:
    from collections.abc import Mapping

FILES = ("weights.json", "words.json", "synonyms.txt", "drugs.txt", "kinds.txt")
_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class MatchingData:
    """Everything that a Matcher needs but questions. `version` changes with every byte of the files."""

    lexicon: Lexicon
    rank: Logistic
    confidence: Logistic
    asks: Logistic
    version: str
    stored: WordingReader = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Give the reader of stored wordings these words and weights."""
        object.__setattr__(self, "stored", WordingReader(self.lexicon, self.asks))


def load_matching_data(folder: Path = _FOLDER) -> MatchingData:
    """Read the data files in `folder`. Raises DataFault when one is missing or broken."""
    try:
        files = {name: (folder / name).read_bytes() for name in FILES}
        weights, words = json.loads(files["weights.json"]), json.loads(files["words.json"])
        return MatchingData(
            lexicon=_lexicon(words, *(files[name].decode() for name in FILES[2:])),
            rank=_logistic(weights["rank"]),
            confidence=_logistic(weights["confidence"]),
            asks=_logistic(weights["asks"]),
            version=hashlib.sha256(b"".join(files.values())).hexdigest()[:12],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataFault(f"The matcher's data in {folder} cannot be read: {error}") from error


def _lexicon(words: Mapping[str, Any], synonyms: str, drug_names: str, kinds: str) -> Lexicon:
    joined, longest, groups = read_synonyms(synonyms.splitlines())
    drugs = read_drugs(drug_names.splitlines())
    drug_terms = join_drugs(drugs, joined, longest)
    lexicon = Lexicon(
        shares={term: float(share) for term, share in words["shares"].items()},
        known=frozenset(words["known"].split()),
        joined=joined,
        longest=longest,
        groups=groups,
        drugs=drugs,
        drug_terms=drug_terms,
    )
    return replace(lexicon, kinds=read_kinds(kinds.splitlines(), lexicon.phrase_term))


def _logistic(model: Mapping[str, Any]) -> Logistic:
    return Logistic(float(model["intercept"]), {name: float(weight) for name, weight in model["weights"].items()})
