"""How sure is sure enough in a server: a word its admins choose, the confidence behind it, and what that means.

What a bar means in figures is measured by `python -m benchmarks.care`, on questions that took no part in the training,
and kept in `care.json` with its source.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.curation.settings import Care
from knowledge.errors import DataFault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.model import Policy

FILE = Path(__file__).with_name("care.json")
CAREFUL_AT = 0.95
EAGER_AT = 0.80


@dataclass(frozen=True, slots=True)
class Measured:
    """What answering from a confidence of `answer_at` on gave, as shares from 0 to 1.

    `right` is the share of the given answers that is right, `answered` that of answerable questions answered so.
    """

    answer_at: float
    right: float
    answered: float


def load_measured(path: Path = FILE) -> tuple[Measured, ...]:
    """Read the figures, lowest bar first. Raises `DataFault` where the file is missing or broken."""
    try:
        rows = json.loads(path.read_text("utf-8"))["bars"]
        found = [Measured(row["answer_at"], row["right"], row["answered"]) for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataFault(f"The figures in {path} cannot be read: {error}") from error
    return tuple(sorted(found, key=lambda one: one.answer_at))


def answer_at(care: Care, policy: Policy) -> float:
    """Give the confidence behind a word. `policy` is the operator's: `usual` is theirs, and none goes below the floor.

    The floor itself never stands above what the operator chose as usual.
    """
    if care is Care.CAREFUL:
        return max(CAREFUL_AT, policy.answer_at)
    if care is Care.EAGER:
        return min(max(EAGER_AT, policy.answer_floor), policy.answer_at)
    return policy.answer_at


def is_offered(care: Care, policy: Policy) -> bool:
    """Whether a word is a choice of its own under the operator's policy: another bar than the usual one."""
    return care is Care.USUAL or answer_at(care, policy) != policy.answer_at


def meaning(care: Care, policy: Policy, measured: Sequence[Measured]) -> str:
    """Say what a word means: of 1,000 answers how many are right, and how many are given where the usual bar gives 100.

    Of 100 would not do: what two bars promise lies less than one in a hundred apart.
    """
    here, usual = _at(answer_at(care, policy), measured), _at(policy.answer_at, measured)
    said = f"of 1,000 answers about {round(1_000 * here.right)} are right"
    if here.answer_at == usual.answer_at or not usual.answered:
        return said
    given = round(10 * here.answered / usual.answered) * 10
    return f"{said}. Where the usual gives 100 answers, this gives about {given}"


def _at(bar: float, measured: Sequence[Measured]) -> Measured:
    """Give what was measured at the highest bar that is not above this one."""
    return next((one for one in reversed(measured) if one.answer_at <= bar + 1e-9), measured[0])
