"""A history can tell of everything that can happen to an entry."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cogs._moderation import entry_history
from knowledge.curation.entry import THE_OWNERS, Action, Revision, Signed
from knowledge.moderation.views import History


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize(("by", "told"), [("1", "<@1>"), (THE_OWNERS, "the bot")])
def test_every_action_and_who_did_it_are_told(action, by, told):
    revision = Revision(2, action, Signed(by, datetime(2026, 11, 22, tzinfo=UTC), "why"), target=1)
    (line,) = entry_history._lines(History((revision,), ()))
    assert line.startswith("**2** \u00b7 ")
    assert f" by {told} " in line


def test_revisions_of_the_book_are_not_numbered_like_those_of_the_server():
    def added(by):
        return Revision(1, Action.ADD, Signed(by, datetime(2026, 11, 22, tzinfo=UTC), ""))

    ours, books = entry_history._lines(History((added("1"),), (added(THE_OWNERS),)))
    assert ours.startswith("**1** \u00b7 added by <@1>")
    assert books.startswith("**Book 1** \u00b7 added by its owners")
