"""A real database in a file of its own."""

from __future__ import annotations

import pytest

from knowledge.records.database import open_database


@pytest.fixture
async def database(tmp_path):
    async with open_database(tmp_path / "second-opinion.sqlite3") as database:
        yield database
