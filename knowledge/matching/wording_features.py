"""Features of two texts side by side: how alike they are written, and whether they ask the same of their topic."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from knowledge.matching.letters import dice, dice_of_trigrams, pairs_of

if TYPE_CHECKING:
    from knowledge.matching.query import Query
    from knowledge.matching.wordings import Wording


def of_letters(query: Query, wording: Wording) -> dict[str, float]:
    """Give how alike the letters of a text and of a wording are."""
    asked, stored = query.line, wording.line
    whole = " ".join(query.story)
    ratio = fuzz.ratio(asked, stored)
    return {
        "ratio": (max(ratio, fuzz.ratio(whole, stored)) if whole else ratio) / 100,
        "token_sort": fuzz.token_sort_ratio(asked, stored) / 100,
        "token_set": fuzz.token_set_ratio(whole or asked, stored) / 100,
        "squeezed": fuzz.ratio(asked.replace(" ", ""), stored.replace(" ", "")) / 100,
        "partial": fuzz.partial_ratio(asked, stored) / 100,
        "trigrams": dice_of_trigrams(query.trigrams, stored, wording.trigrams),
        "bigrams": dice(query.pairs, pairs_of(wording.words)),
        "same_words": float(query.words == wording.words),
        "length_asked": math.log1p(len(query.words)) / 4,
        "length_stored": math.log1p(len(wording.words)) / 4,
    }


def of_aspects(query: Query, wording: Wording) -> dict[str, float]:
    """Give whether a text and a wording ask the same of their topic."""
    asked, stored = query.aspects, wording.aspects
    shared = len(asked.intersection(stored))
    return {
        "aspects_shared": float(shared > 0),
        "aspects_apart": float(bool(asked) and bool(stored) and not shared),
        "aspects_asked_only": min(len(asked) - shared, 3) / 3,
        "aspects_stored_only": min(len(stored) - shared, 3) / 3,
        "aspects_same": float(0 < shared == len(asked) == len(stored)),
        "same_opening": float(query.opening == wording.opening),
    }
