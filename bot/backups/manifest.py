"""What a backup holds, as it says of itself: every file with its hash, every table with its rows."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path, PurePath
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from knowledge.errors import SafeToShow

MANIFEST = "manifest.json"
# Where things lie within a backup, and within what is restored from one.
KNOWLEDGE = "knowledge"
STATE = "state"
_BLOCK = 1_000_000


def _within(path: str) -> str:
    # As this machine reads it: a colon or a backslash is a letter like others on one, and leads elsewhere on another.
    read = PurePath(path)
    if not read.parts or read.anchor or ".." in read.parts:
        raise ValueError("must be a path within the backup")
    return path


Within = Annotated[str, AfterValidator(_within)]


class KnowledgePath(BaseModel):
    """A path of the settings' knowledge files: what it was, and where it lies within the backup."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    was: str
    place: Within


class Manifest(BaseModel):
    """`files` are SHA-256 hashes in hex by path; `left_out` names knowledge files that could not be read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1] = 1
    made: datetime
    program: str
    storage: str
    schema_number: int
    rows: dict[str, int]
    files: dict[Within, str]
    knowledge: tuple[KnowledgePath, ...]
    left_out: tuple[str, ...] = ()


def read_manifest(backup: Path) -> Manifest:
    """Read what a backup says of itself. Raises `SafeToShow` where the folder is none."""
    try:
        return Manifest.model_validate_json((backup / MANIFEST).read_bytes())
    except OSError as error:
        told = f"{backup} is no backup: its {MANIFEST} cannot be read ({error.strerror}). Name a folder backup-..."
        raise SafeToShow(told) from error
    except ValidationError as error:
        raise SafeToShow(f"{backup} is no backup that this version can read: {MANIFEST} is not as it should be.") from (
            error
        )


def sha256_of(path: Path) -> str:
    """Give the SHA-256, in hex, of a file of any size."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
