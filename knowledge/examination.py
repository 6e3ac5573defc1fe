"""What a look at a bot and its surroundings finds: a line each, good or bad in words, and what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one thing. It is good where there is nothing `to_do`.

    `stops` tells that the bot cannot run, or does not answer, as long as that is so.
    """

    about: str
    told: str
    to_do: str = ""
    stops: bool = False

    @property
    def good(self) -> bool:
        """Whether nothing is to be done."""
        return not self.to_do

    def __str__(self) -> str:
        """Give the line that a person reads."""
        return f"{'good' if self.good else 'bad':<4}  {self.about}: {' '.join(filter(None, (self.told, self.to_do)))}"
