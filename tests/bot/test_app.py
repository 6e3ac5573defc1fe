"""A large book answers before its answers are indexed, where that was asked for, and is whole soon after."""

from __future__ import annotations

import asyncio

import pytest

from bot import app
from bot.app import load_snapshot, open_desk
from bot.config import Config
from knowledge.model import AnswerReply, Place
from tests.scale import LONG

ASKED = "can botox stop my cheek from twitching"


@pytest.fixture
def every_book_is_large(monkeypatch):
    monkeypatch.setattr(app, "MUCH_TO_INDEX", 0)


@pytest.mark.usefixtures("every_book_is_large")
async def test_a_large_book_answers_at_once_and_is_whole_soon_after():
    async with asyncio.timeout(LONG), open_desk(Config(), samples=True, soon=True) as desk:
        assert not desk.snapshot.matcher.is_whole
        early = desk.respond(ASKED, Place(addressed=True)).reply
        while not desk.snapshot.matcher.is_whole:  # noqa: ASYNC110  # nothing tells of it but the desk itself
            await asyncio.sleep(0)
        assert desk.respond(ASKED, Place(addressed=True)).reply == early
        assert isinstance(early, AnswerReply)


@pytest.mark.usefixtures("every_book_is_large")
async def test_what_measures_and_checks_waits_for_the_whole_index():
    assert load_snapshot(Config(), samples=True).matcher.is_whole
    async with open_desk(Config(), samples=True) as desk:
        assert desk.snapshot.matcher.is_whole


async def test_a_small_book_is_whole_at_once():
    async with open_desk(Config(), samples=True, soon=True) as desk:
        assert desk.snapshot.matcher.is_whole
