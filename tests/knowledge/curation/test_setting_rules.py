"""Which settings a server may choose, and what is said of those that it may not."""

from __future__ import annotations

import pytest

from knowledge.curation.refusals import Refused
from knowledge.curation.setting_rules import Surroundings, require_allowed
from knowledge.curation.settings import SHIPPED, Care, Digest
from knowledge.model import Policy

AROUND = Surroundings(
    {"US", "GB"}, Policy(notice_addition="Ask a person too."), {"UTC", "Europe/London"}.__contains__, {"7", "8"}
)


def refusal(**chosen):
    with pytest.raises(Refused) as told:
        require_allowed(SHIPPED.choosing(**chosen), chosen, AROUND)
    return str(told.value)


@pytest.mark.parametrize(
    ("chosen", "reason"),
    [
        ({"watched": frozenset({"7", "9"})}, "that channel is not in this server"),
        ({"watched": frozenset(map(str, range(26)))}, "at most 25 channels"),
        ({"staff_channel": "9"}, "that channel is not in this server"),
        ({"digest": Digest(0, 9, "Mars/Olympus", "7")}, "no time zone of that name"),
        ({"digest": Digest(0, 24, "UTC", "7")}, "an hour from 0 to 23"),
        ({"digest": Digest(7, 9, "UTC", "7")}, "a day of the week"),
        ({"digest": Digest(0, 9, "UTC", "9")}, "that channel is not in this server"),
        ({"moderator_roles": frozenset(map(str, range(26)))}, "at most 25 roles"),
        ({"answer_again_after": -1}, "between 0 minutes"),
        ({"member_window": 86_401}, "and a day"),
        ({"answers_per_member": 101}, "to 100"),
        ({"country": "FR"}, "these countries only: GB, US"),
        ({"own_lines": ("one", "two", "three", "four")}, "3 lines of your own"),
        ({"own_lines": ("a\nb",)}, "one line of text"),
        ({"own_lines": (" ",)}, "one line of text"),
        ({"own_lines": ("x" * 201,)}, "at most 200 characters"),
        ({"own_lines": ("call \u202e119",)}, "hide or reverse other text"),
        ({"notice_addition": "x" * 490}, "longer than 500 characters"),
        ({"notice_addition": "a\nb\nc\nd\ne\nf"}, "more than 6 lines"),
        ({"notice_addition": "hidden \u200b"}, "hide or reverse other text"),
        ({"care": Care.EAGER}, "no server answer at less than 90% confidence"),
        ({"retention_days": 29}, "30 to 365 days"),
        ({"retention_days": 366}, "30 to 365 days"),
    ],
)
def test_what_may_not_be_is_refused_with_the_reason(chosen, reason):
    assert reason in refusal(**chosen)
    assert refusal(**chosen).startswith("Not saved: ")


@pytest.mark.parametrize(
    "chosen",
    [
        {"watched": frozenset({"7", "8"})},
        {"digest": Digest(6, 23, "Europe/London", "8")},
        {"digest": None},
        {"staff_channel": ""},
        {"answer_again_after": 0, "answers_per_member": 0, "member_window": 0},
        {"country": ""},
        {"own_lines": ("Campus security: 555 0100.",)},
        {"notice_addition": "Our clinic is open on weekdays.\n- The moderators"},
        {"care": Care.CAREFUL},
        {"retention_days": 30},
        {"retention_days": 365},
    ],
)
def test_what_may_be_is_allowed(chosen):
    require_allowed(SHIPPED.choosing(**chosen), chosen, AROUND)


def test_a_setting_that_nobody_touches_is_not_looked_at():
    """A channel that was deleted since must not keep an admin from changing something else."""
    old = SHIPPED.choosing(watched=frozenset({"gone"}))
    require_allowed(old.choosing(care=Care.CAREFUL), {"care"}, AROUND)
