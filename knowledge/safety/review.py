"""Who has reviewed the data of the safety package, and whether it has changed since."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Review:
    """A clinician's signature under one version of a file. `content` is the sum of what the file says now."""

    reviewer: str
    date: str
    signed_content: str
    content: str

    @property
    def signed(self) -> bool:
        """Whether a named person signed exactly this version."""
        return bool(self.reviewer and self.date) and self.signed_content == self.content

    def __str__(self) -> str:
        """Say in one sentence whether this version is signed, and what to write to sign it."""
        if self.signed:
            return f"Reviewed by {self.reviewer} on {self.date}."
        if self.reviewer:
            changed = f"Changed since {self.reviewer} reviewed it on {self.date}."
            return f"{changed} To sign this version: sha256 = {self.content}"
        return f"No clinician has reviewed this version. To sign it: sha256 = {self.content}"


class ReviewText(BaseModel):
    """The `[review]` block as it stands in the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reviewer: str = ""
    date: dt.date | str = ""
    sha256: str = ""

    def review_of(self, file_content: dict[str, Any], *besides: Path) -> Review:
        """Give the review of a file's content, as parsed, and of the files `besides`.

        Comments and the block itself do not count; of the files besides, every byte does.
        """
        content = content_sum(file_content, *besides)
        return Review(self.reviewer.strip(), str(self.date).strip(), self.sha256.strip(), content)


def content_sum(file_content: dict[str, Any], *besides: Path) -> str:
    """Give the SHA-256, in hex, of everything in a parsed file but its `review` block, and of the files `besides`."""
    rest = {key: value for key, value in file_content.items() if key != "review"}
    if besides:
        rest["files"] = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in besides}
    return hashlib.sha256(json.dumps(rest, sort_keys=True, default=str).encode()).hexdigest()
