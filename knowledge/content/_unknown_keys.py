"""What may have been meant by a key that is not known where it stands."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from knowledge.content._schema import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

_HOMES = {
    ("question",): "under [[question]], above its [[question.answers]]",
    ("question", "answers"): "under [[question.answers]]",
    ("question", "source"): "inside source = { ... }",
    ("nothing",): "under [[nothing]]",
}


def did_you_mean(key: str, known: Iterable[str]) -> str:
    """Give `" (did you mean title?)"` where a known key is near `key`, else nothing."""
    near = difflib.get_close_matches(key.lower(), list(known), n=1, cutoff=0.7)
    return f" (did you mean {near[0]}?)" if near else ""


def explain_top_key(key: str) -> str:
    """Say what is wrong with `key` at the top of a file."""
    if key in TABLES["question",].model_fields:
        head = "[[question.answers]], once for each answer" if key == "answers" else f"{key} = ... under a [[question]]"
        return f"{key} does not stand by itself; write {head}"
    top = "only [[question]], [[question.answers]] and [[nothing]] stand at the top of a file"
    return f"{key} is unknown here{did_you_mean(key, ('question', 'nothing'))}; {top}"


def explain_key(key: str, table: tuple[str, ...]) -> str:
    """Say what is wrong with `key` in `table`, a path such as `("question", "answers")`."""
    known = TABLES[table].model_fields if table in TABLES else {}
    for home, words in _HOMES.items():
        if key in TABLES[home].model_fields:
            return f"the key {key} does not belong here; write it {words}"
    if guess := did_you_mean(key, known):
        return f"the key {key} is unknown{guess}"
    return f"the key {key} is unknown; known here are {', '.join(known)}"
