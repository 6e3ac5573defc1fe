"""Settings, examples, and texts that must not be kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.curation.changes import SAY_WHY
from knowledge.curation.examples import Example
from knowledge.curation.proposals import with_phrasing
from knowledge.curation.refusals import ChangedMeanwhile, Refused
from knowledge.curation.settings import REVIEW_MEANS, ReviewMode, ServerSettings
from knowledge.desk import AnswerDesk
from knowledge.model import Place
from knowledge.moderation.desk import open_moderators_desk
from knowledge.moderation.views import EntryState
from knowledge.records.database import open_database
from tests.knowledge.moderation.doing import (
    ADA,
    ANN,
    HISTAMINE,
    MAX,
    NOW,
    TWITCH,
    House,
    add,
    edit_body,
    set_review,
    version,
)


async def test_settings_are_there_after_a_restart(open_house):
    chosen = ServerSettings().choosing(review=ReviewMode.RISKY, moderator_roles=frozenset({"7"}))
    async with open_house() as house:
        await house.moderators.administer.change_settings(
            ADA, "k", lambda now: now.choosing(review=ReviewMode.RISKY, moderator_roles=frozenset({"7"}))
        )
    async with open_house() as house:
        assert house.moderators.look.settings(ADA) == chosen


async def test_a_servers_numbers_stand_on_its_cards_and_no_other_servers(open_house):
    campus, alarming, soft = "Campus security: 555 0100.", "my chest hurts right now", "kms lol"
    here, elsewhere, private = Place(server_id="1"), Place(server_id="2"), Place()
    async with open_house() as house:
        await house.moderators.administer.change_settings(
            ADA, "k", lambda now: now.choosing(country="GB", own_lines=(campus,))
        )
    async with open_house() as house:
        pass  # from memory: the database is closed when the cards are asked for
    card = house.desk.alarm(alarming, here)
    assert campus in card.lines
    assert "911" in card.heading
    assert "your local emergency number: 999 (United Kingdom)." in "".join(card.lines)
    assert "999 (United Kingdom)" in card.repeat
    for caution in (house.desk.respond(soft, here).reply.text, house.desk.caution("suicide", server_id="1")):
        assert caution.splitlines()[0].endswith(f"116 123 (United Kingdom), 85258 (United Kingdom). {campus}")
    for place in (elsewhere, private):
        assert campus not in house.desk.alarm(alarming, place).lines
        assert campus not in house.desk.respond(soft, place).reply.text


def test_every_review_mode_says_what_it_means():
    assert REVIEW_MEANS.keys() == set(ReviewMode)
    assert all("single moderator" in REVIEW_MEANS[mode] for mode in (ReviewMode.ALL, ReviewMode.RISKY))


# --- Redaction ----------------------------------------------------------------------------------

SECRET = "Jo Citizen lives at 7 Secret Road"


async def redact(house, entry_id, *numbers, key="redact", reason="private contact"):
    await house.moderators.administer.redact(ADA, key, entry_id, numbers, reason)


async def test_a_redacted_text_is_nowhere_and_its_revision_still_tells_who_and_why(open_house, tmp_path):
    async with open_house() as house:
        entry_id = (await add(house, answer=replace(HISTAMINE, body=SECRET))).entries[0].id
        await edit_body(house, ANN, entry_id, "Histamine.", "k2")
        await redact(house, entry_id, 1)
        first = (await house.moderators.look.history(ANN, entry_id)).own[0]
        assert (first.question, first.signed.by, first.redacted.by, first.redacted.reason) == (
            None,
            "ann",
            "ada",
            "private contact",
        )
        assert len(first.content_hash) == 64
        assert all(SECRET.encode() not in file.read_bytes() for file in tmp_path.iterdir())
        with pytest.raises(Refused, match="no words"):
            await house.moderators.edit.restore(ANN, "k3", version(house, entry_id), 1)
    async with open_house() as house:
        assert house.live(entry_id).answers[0].body == "Histamine."


async def test_what_is_live_or_waits_is_not_redacted(house):
    await set_review(house, ReviewMode.ALL)
    entry_id = (await add(house)).entries[0].id
    with pytest.raises(Refused, match="waits for review"):
        await redact(house, entry_id, 1)
    await house.moderators.edit.approve(MAX, "k2", version(house, entry_id))
    with pytest.raises(Refused, match="Withdraw or correct"):
        await redact(house, entry_id, 1, key="again")
    await house.moderators.edit.withdraw(ANN, "k3", version(house, entry_id), "private")
    await redact(house, entry_id, 1, key="at last")
    view = house.moderators.look.entry(ANN, entry_id)
    assert (view.state, view.title) == (EntryState.WITHDRAWN, entry_id)  # the title was redacted too


async def test_redaction_says_why_and_names_revisions_with_words(house):
    entry_id = (await add(house)).entries[0].id
    with pytest.raises(Refused, match=SAY_WHY):
        await redact(house, entry_id, 1, reason=" ")
    with pytest.raises(Refused, match="Revision 2 has no words"):
        await redact(house, entry_id, 2)


# --- Examples -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("example", "says"),
    [
        (Example("Cheek keeps TWITCHING", "twitch"), "must differ"),
        (Example("my car wont start in winter", "twitch"), "does not hold now"),
        (Example("why does my left cheek twitch", ""), "but finds"),
        (Example("twitchy cheek", "nowhere"), "no such entry"),
        (Example("?!"), "with words in it"),
        (Example("x " * 2_001), "at most 4,000"),
    ],
)
async def test_an_example_shows_something_and_holds_when_it_is_made(house, example, says):
    with pytest.raises(Refused, match=says):
        await house.moderators.administer.add_example(ANN, "k", example)
    assert house.moderators.look.examples(ANN) == ()


async def test_examples_are_there_after_a_restart_until_they_are_removed(open_house):
    example = Example("left cheek twitching", "twitch")
    async with open_house() as house:
        await house.moderators.administer.add_example(ANN, "k1", example)
    async with open_house() as house:
        assert house.moderators.look.examples(MAX) == (example,)
        await house.moderators.administer.remove_example(MAX, "k2", example.text)
        with pytest.raises(Refused, match="no such example"):
            await house.moderators.administer.remove_example(ANN, "k3", example.text)
    async with open_house() as house:
        assert house.moderators.look.examples(MAX) == ()


async def test_a_phrasing_may_not_be_an_example_of_its_entry(house):
    await house.moderators.administer.add_example(ANN, "k1", Example("left cheek twitching", "twitch"))
    seen = house.moderators.look.entry(ANN, "twitch")
    changed = with_phrasing(seen.newest, "My cheek twitches")
    same = with_phrasing(seen.newest, "LEFT cheek twitching?")
    assert await house.moderators.propose.assess(ANN, house.moderators.propose.change(ANN, seen, changed))
    with pytest.raises(Refused, match="is an example of this entry"):
        await house.moderators.edit.save(ANN, "k2", house.moderators.propose.change(ANN, seen, same))


async def test_an_example_that_a_new_book_breaks_is_listed(house, compose_book):
    await house.moderators.administer.add_example(ANN, "k1", Example("left cheek twitching", "twitch"))
    assert await house.moderators.look.failing_examples(ANN) == ()
    other = replace(TWITCH, title="Can dogs eat chocolate?", phrasings=())
    await house.moderators.follow(compose_book([other]), "new")
    (fault,) = await house.moderators.look.failing_examples(ANN)
    assert str(fault) == '"left cheek twitching" must find "Can dogs eat chocolate?", but finds nothing'


async def test_what_a_book_breaks_by_itself_holds_no_moderator_back(compose_book, tmp_path):
    """The book says that its own question must find nothing: its owners' fault, told by `check`, and nobody else's."""
    desk = AnswerDesk(compose_book())
    async with (
        open_database(tmp_path / "store.sqlite3") as database,
        open_moderators_desk(database, desk, lambda: NOW, nothing=lambda: [TWITCH.title]) as moderators,
    ):
        await add(House(database, desk, moderators))


async def test_withdrawing_an_entry_is_never_held_back_by_its_examples(house):
    await house.moderators.administer.add_example(ANN, "k1", Example("left cheek twitching", "twitch"))
    await house.moderators.edit.withdraw(ANN, "k2", version(house, "twitch"), "dangerous")
    assert house.live("twitch") is None


async def test_a_conflict_is_told_before_examples_are_tried(house):
    seen = house.moderators.look.entry(ANN, "hiccups")
    proposal = house.moderators.propose.change(ANN, seen, replace(seen.newest, title="Hiccups for days"))
    await edit_body(house, MAX, "hiccups", "Drink water.", "k1")
    with pytest.raises(ChangedMeanwhile):
        await house.moderators.propose.assess(ANN, proposal)
