"""The sentences that are ours: experts write some of them too, and a reply that says them quotes nobody."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import knowledge
from knowledge.presentation import sentences
from knowledge.safety.notice import NOTICE, SHORT_NOTICE
from tests.fakediscord.stored import strings_in

_CARDS = Path(knowledge.__file__).parent / "safety" / "lines.toml"
# A sentence, or the part of one up to a placeholder.
_ENDS = re.compile(r"(?<=[.?!:])\s+|\{[^}]*\}|\n")
_LEAST = 20
_OURS = {name: text for name, text in vars(sentences).items() if name.isupper()}


@cache
def own_sentences() -> tuple[str, ...]:
    """Give every sentence of ours that is long enough to be taken for somebody else's."""
    texts = [NOTICE, SHORT_NOTICE, *strings_in(_OURS), *strings_in(tomllib.loads(_CARDS.read_text("utf-8")))]
    pieces = (piece.strip() for text in texts for piece in _ENDS.split(text))
    return tuple(sorted({piece for piece in pieces if len(piece) >= _LEAST}, key=len, reverse=True))
