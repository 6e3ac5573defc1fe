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
