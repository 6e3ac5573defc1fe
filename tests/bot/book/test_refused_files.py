"""What is no knowledge file is refused by name, at once, and never opened in a way that waits or fills memory."""

from __future__ import annotations

import os
import time

import pytest

from knowledge.content.book import read_book
from knowledge.errors import KnowledgeFaults
from tests.bot.book.conftest import book
from tests.scale import seconds

GOOD = book(["knee", "hip", "elbow"])


def huge(path):
    with path.open("wb") as file:
        file.truncate(100_000_000)


def device(path):
    path.symlink_to("/dev/zero")


def loop(path):
    path.symlink_to(path)


def folder_in_itself(path):
    path.mkdir()
    (path / "inside").symlink_to(path)


def folder_named_like_a_file(path):
    path.mkdir()
    (path / "inside.toml").mkdir()


@pytest.mark.parametrize("make", [huge, os.mkfifo, device, loop, folder_in_itself, folder_named_like_a_file])
async def test_what_is_no_knowledge_file_is_refused_by_name_within_a_second(follow, make):
    followed = follow(GOOD)
    followed.file.unlink()
    make(followed.file)
    begun = time.perf_counter()
    with pytest.raises(KnowledgeFaults, match=r"book\.toml"):
        read_book([followed.file])
    assert time.perf_counter() - begun < seconds(1)
    await followed.settle()
    assert time.perf_counter() - begun < seconds(2)
    assert followed.watch.status.faults
    assert len(followed.served) == 1
