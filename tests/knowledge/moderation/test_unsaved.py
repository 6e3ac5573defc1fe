"""What moderators typed is held while there is room, and a member's words that it answers for an hour."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from knowledge.moderation import unsaved
from knowledge.moderation.filled_form import FilledForm
from knowledge.moderation.unsaved import MESSAGES_LAST, Unsaved, UnsavedWork
from tests.clock import Clock
from tests.knowledge.moderation.doing import MAX, NOW
from tests.scale import LONG

A_SECOND = timedelta(seconds=1)


def test_only_so_much_is_held():
    held = UnsavedWork(lambda: NOW, most=2)
    for number in range(3):
        held.put(number, Unsaved(MAX, message="my knee hurts"))
    assert list(held._held) == list(held._messages) == [1, 2]


def test_the_members_words_go_after_an_hour_and_what_was_typed_stays():
    clock = Clock(NOW)
    held = UnsavedWork(clock)
    held.put(1, Unsaved(MAX, FilledForm(title="Why do knees hurt?"), message="my knee hurts"))
    held.put(2, Unsaved(MAX, message="and my hip"))
    clock.at += MESSAGES_LAST
    held.put(2, held.get(2, MAX))
    held.let_go_of_messages()
    assert held.get(1, MAX).message == "my knee hurts"
    clock.at += A_SECOND
    held.let_go_of_messages()
    assert (held.get(1, MAX).message, held.get(1, MAX).form.title) == ("", "Why do knees hurt?")
    assert held.get(2, MAX).message == "and my hip", "the hour begins anew with every step"


async def test_that_happens_by_itself(monkeypatch):
    monkeypatch.setattr(unsaved, "_LOOK", 0.0)
    clock = Clock(NOW)
    held = UnsavedWork(clock)
    held.put(1, Unsaved(MAX, message="my knee hurts"))
    clock.at += MESSAGES_LAST + A_SECOND
    async with held.messages_let_go(), asyncio.timeout(LONG):
        while held.get(1, MAX).message:  # noqa: ASYNC110  # it goes by time, and nothing tells
            await asyncio.sleep(0)
