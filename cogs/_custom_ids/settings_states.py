"""What is used on the settings panel, kept in the ids of its controls and forms."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Act(StrEnum):
    """What using a control does to the setting, or page, that it names."""

    PAGE = "page"
    CHOOSE = "choose"
    ON = "on"
    OFF = "off"
    FORM = "form"
    FILLED = "filled"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Use:
    """A control that was used, or a form that was sent."""

    act: Act
    name: str

    @property
    def custom_id(self) -> str:
        """The id that holds it."""
        return f"settings:{self.act}:{self.name}"

    @classmethod
    def read(cls, custom_id: str) -> Use | None:
        """Give the use that an id of the panel holds; None for any other."""
        match custom_id.split(":"):
            case ["settings", act, name] if act in set(Act):
                return cls(Act(act), name)
        return None
