"""What a text says of the things that guards compare: taken out once, however many other texts it is held against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Claims:
    """A text's normalised words and its terms, and what they say.

    `amounts` are by what they count, `members` by the set of opposites, `things` by the kind of thing; of what is not
    named there is no entry. `denied` are stems, `prefixed` words that another prefix would turn into their opposites.
    `purposes` tells whether a treatment is hoped to cure an illness, or feared to cause it,
    `anchors` what stands behind "after" and "before".
    """

    words: tuple[str, ...]
    terms: tuple[str, ...]
    amounts: Mapping[str, Mapping[float, str]]
    members: Mapping[str, Mapping[str, str]]
    denied: tuple[str, ...]
    prefixed: tuple[str, ...]
    things: Mapping[str, Sequence[str]]
    purposes: Mapping[str, str]
    anchors: Mapping[str, tuple[str, ...]]
