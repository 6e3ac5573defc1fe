import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogs._custom_ids import states
from cogs._custom_ids.member_states import AskModerators, KeepQuestion, ShowWording, Unvoted, Voted, VotedBecause
from cogs._custom_ids.queue_states import AnsweredBy, PhrasingOf
from cogs._custom_ids.reply_states import Chosen, Details, Numbers, Opened, Rejected, Safe
from cogs._custom_ids.states import checksum, read, with_checksums, written
from cogs._rendering.limits import CUSTOM_ID
from knowledge.curation.votes import REASONS
from knowledge.curation.waiting import Route
from knowledge.safety.rules import load_rules

MEMBER = 2**63 - 1
ENTRY = "e" * 48
CAUTION = "c" * 20
LONGEST = [
    Opened(MEMBER, ENTRY, 999, 999, CAUTION),
    Chosen(MEMBER, ENTRY, CAUTION),
    Details(ENTRY, 999, turning=True),
    Rejected(MEMBER, ("01234567",) * 5, CAUTION),
    Numbers(),
    Safe(MEMBER, ENTRY),
    Voted(ENTRY, helpful=True),
    VotedBecause(MEMBER, ENTRY, max(REASONS, key=len), private=True),
    Unvoted(MEMBER),
    AskModerators(MEMBER, MEMBER),
    ShowWording(MEMBER, ENTRY, MEMBER),
    KeepQuestion(MEMBER, Route.CHANNEL),
    AnsweredBy(10**18 - 1, 10**9 - 1, ENTRY, sure=True),
    PhrasingOf(10**18 - 1, ENTRY),
]


@pytest.mark.parametrize("state", LONGEST, ids=lambda state: type(state).__name__)
def test_the_longest_state_fits_an_id_and_comes_back(state):
    assert len(written(state)) <= CUSTOM_ID
    assert read(written(state)) == state


@given(
    st.builds(
        Opened,
        st.integers(0, MEMBER),
        st.from_regex(r"[a-z0-9-]{1,48}", fullmatch=True),
        st.integers(0, 999),
        st.integers(0, 999),
        st.from_regex(r"[a-z_-]{0,20}", fullmatch=True),
    )
)
def test_a_state_comes_back_from_its_id(state):
    assert read(written(state)) == state


@given(st.text() | st.from_regex(re.compile(states.TEMPLATE.pattern), fullmatch=False))
def test_a_forged_id_gives_a_state_or_nothing(custom_id):
    state = read(custom_id)
    assert state is None or read(written(state)) == state


def test_every_category_of_the_rules_fits_a_buttons_id():
    for category in {rule.category for rule in load_rules().rules}:
        assert read(written(Opened(1, "a", caution=category))) is not None, category


def test_checksums_find_their_entries_in_order():
    entries = ["cheek", "botox", "knee"]
    asked = (checksum("knee"), checksum("gone"), checksum("cheek"))
    assert with_checksums(entries, asked) == ("knee", "cheek")
