"""The matcher's data files: made by the scripts in `benchmarks/training`, never by hand."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.errors import DataFault
from knowledge.matching.lexicon import Lexicon
from knowledge.matching.model import Logistic

if TYPE_CHECKING:
    from collections.abc import Mapping

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class MatchingData:
    """Everything that a Matcher needs but questions. `version` changes with every byte of the files."""

    lexicon: Lexicon
    rank: Logistic
    confidence: Logistic
    version: str


def load_matching_data(folder: Path = _FOLDER) -> MatchingData:
    """Read the data files in `folder`. Raises DataFault when one is missing or broken."""
    try:
        weights_file = (folder / "weights.json").read_bytes()
        words_file = (folder / "words.json").read_bytes()
        weights, words = json.loads(weights_file), json.loads(words_file)
        return MatchingData(
            lexicon=_lexicon(words),
            rank=_logistic(weights["rank"]),
            confidence=_logistic(weights["confidence"]),
            version=hashlib.sha256(weights_file + words_file).hexdigest()[:12],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataFault(f"The matcher's data in {folder} cannot be read: {error}") from error


def _lexicon(words: Mapping[str, Any]) -> Lexicon:
    synonyms: dict[tuple[str, ...], tuple[str, ...]] = {}
    longest: dict[str, int] = defaultdict(int)
    return Lexicon(
        shares={term: float(share) for term, share in words["shares"].items()},
        known=frozenset(words["known"].split()),
        synonyms=synonyms,
        longest=dict(longest),
    )


def _logistic(model: Mapping[str, Any]) -> Logistic:
    return Logistic(float(model["intercept"]), {name: float(weight) for name, weight in model["weights"].items()})
