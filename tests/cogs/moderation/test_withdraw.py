"""Withdrawing, restoring, history, showing, redacting."""

import pytest

from cogs._moderation import entry_history, withdrawing
from knowledge.moderation.looking import NO_SUCH_ENTRY
from knowledge.moderation.workplace import ONLY_ADMINS
from knowledge.safety.notice import NOTICE
from tests.cogs.book import LADEN, SEED, SEED_ASKED
from tests.cogs.moderation.doing import FORM, added, all_shown, submit, texts_of
from tests.cogs.showing import labels, shown


async def edited(house, entry, who=None, **changed):
    who = who or house.max
    form = await who.slash(house.channel, "answer edit", entry=entry)
    done = await submit(who, form, **changed)
    return await who.click(done.followups[-1], label="Save")


async def test_what_is_withdrawn_is_gone_at_once_and_comes_back(house, desk):
    told = await house.max.slash(house.channel, "answer withdraw", entry=SEED.id, reason="out of date")
    assert all_shown(told).startswith(withdrawing.WITHDRAWN)
    await house.ask(SEED_ASKED)
    assert SEED.title not in "".join(shown(house.reply))
    assert desk.question(SEED.id).answers == SEED.answers, "other servers see the book"
    back = await house.mia.slash(house.channel, "answer restore", entry=SEED.id, reason="still right")
    assert all_shown(back).startswith(withdrawing.RESTORED)
    await house.ask(SEED_ASKED)
    assert SEED.title in "".join(shown(house.reply))


async def test_everything_by_one_expert_goes_at_once(house, desk):
    name = next(answer.name for answer in SEED.answers if answer.name)
    told = await house.max.slash(house.channel, "answer withdraw-expert", name=name, reason="asked us to")
    assert SEED.title in all_shown(told)
    left = desk.question(SEED.id, server_id=house.id).answers
    assert [one.name for one in left] == [one.name for one in SEED.answers if one.name != name]
    assert await house.max.autocomplete(house.channel, "answer withdraw-expert", "name", name) == []


async def test_an_edit_shows_what_changes_and_any_revision_comes_back(house, desk):
    await added(house)
    (entry,) = [one.id for one in desk.snapshot_of(house.id).questions.values() if one.title == FORM["title"]]
    form = await house.max.slash(house.channel, "answer edit", entry=entry, reason="clearer")
    done = await submit(house.max, form, body=FORM["body"].replace("days", "hours"))
    assert "\\- Your body answers" in all_shown(done)
    assert "\\+ Your body answers" in all_shown(done)
    await house.max.click(done.followups[-1], label="Save")
    told = all_shown(await house.max.slash(house.channel, "answer history", entry=entry))
    assert f"**2** · edited by <@{house.max.id}>" in told
    assert f"**1** · added by <@{house.max.id}>" in told
    assert "> clearer" in told
    await house.mia.slash(house.channel, "answer restore", entry=entry, revision=1)
    assert "days" in desk.question(entry, server_id=house.id).answers[0].body


async def test_a_revision_is_shown_with_what_is_different_now(house):
    await edited(house, SEED.id, headline="Another headline altogether")
    told = await house.max.slash(house.channel, "answer show", entry=SEED.id, revision=1)
    assert "Another headline altogether" in all_shown(told)
    missing = await house.max.slash(house.channel, "answer show", entry=SEED.id, revision=7)
    assert all_shown(missing) == entry_history.NO_REVISION


async def test_an_entry_is_shown_as_members_see_it_with_its_state(house):
    told = await house.max.slash(house.channel, "answer show", entry=SEED.id)
    reply, state = texts_of(told)
    await house.ask(SEED_ASKED)
    assert reply == shown(house.reply)
    assert state[0] == "**Members see the book's entry.**"
    assert state[-1] == NOTICE


async def test_ratings_stay_with_the_doctor_they_were_given_to(house, desk):
    await edited(house, SEED.id, name="Somebody Else, MD")
    answer = desk.question(SEED.id, server_id=house.id).answers[0]
    assert (answer.name, answer.rating, answer.reviews) == ("Somebody Else, MD", None, None)


async def test_the_books_entry_comes_back_in_place_of_the_servers(house, desk):
    await edited(house, SEED.id, headline="Another headline altogether")
    back = await house.max.slash(house.channel, "answer restore", entry=SEED.id, revision=0)
    assert all_shown(back).startswith(withdrawing.RESTORED)
    assert desk.question(SEED.id, server_id=house.id) == desk.question(SEED.id)


async def test_a_long_history_is_turned(house):
    for number in range(7):
        await edited(house, SEED.id, headline=f"Headline number {number}")
    told = await house.max.slash(house.channel, "answer history", entry=SEED.id)
    assert "**7** · edited" in all_shown(told)
    assert "**1** · edited" not in all_shown(told)
    older = await house.max.click(told.response, label="Older")
    assert "**1** · edited" in all_shown(older)


async def test_a_history_of_long_reasons_is_turned_sooner(house):
    reasons = [f"{number} {'*' * 490}" for number in range(6)]
    for number, reason in enumerate(reasons):
        command = "answer restore" if number % 2 else "answer withdraw"
        await house.max.slash(house.channel, command, entry=SEED.id, reason=reason)
    seen = "".join(texts_of(told := await house.max.slash(house.channel, "answer history", entry=SEED.id))[0])
    for _ in range(3):
        told = await house.max.click(told.response, label="Older")
        seen += "".join(texts_of(told)[0])
        if "Older" not in labels(told.response):
            break
    assert [reason for reason in reasons if reason.replace("*", "\\*") not in seen] == []


async def test_admins_redact_what_must_not_be_kept_and_moderators_do_not(house, database_path):
    await edited(house, SEED.id, body="The private number of somebody stands here: 617 555 0134, call any time.")
    await edited(house, SEED.id, body="A text without a number of anybody.")
    refused = await house.max.slash(house.channel, "answer redact", entry=SEED.id, revisions="1", reason="private")
    assert all_shown(refused) == ONLY_ADMINS
    unclear = await house.ada.slash(house.channel, "answer redact", entry=SEED.id, revisions="one", reason="private")
    assert all_shown(unclear) == entry_history.WHICH_NUMBERS
    done = await house.ada.slash(house.channel, "answer redact", entry=SEED.id, revisions="1", reason="private number")
    assert all_shown(done).startswith(entry_history.REDACTED)
    kept = b"".join(path.read_bytes() for path in database_path.parent.glob(f"{database_path.name}*"))
    assert b"617 555 0134" not in kept
    told = all_shown(await house.max.slash(house.channel, "answer history", entry=SEED.id))
    assert f"Words redacted by <@{house.ada.id}>: private number" in told


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("answer edit", {}),
        ("answer withdraw", {"reason": "x"}),
        ("answer restore", {}),
        ("answer history", {}),
        ("answer show", {}),
        ("phrasing add", {"wording": "what"}),
    ],
)
@pytest.mark.parametrize("entry", ["no-such-entry", "'; --", "{0.__class__}", "x" * 100])
async def test_what_is_not_there_is_told_in_one_sentence(house, command, options, entry):
    assert all_shown(await house.max.slash(house.channel, command, entry=entry, **options)) == NO_SUCH_ENTRY


async def test_restoring_what_was_not_withdrawn_asks_which_revision(house):
    told = await house.max.slash(house.channel, "answer restore", entry=SEED.id)
    assert all_shown(told) == withdrawing.SAY_WHICH


async def test_autocomplete_gives_what_the_caller_may_see(house):
    offered = await house.max.autocomplete(house.channel, "answer withdraw", "entry", "twitching left")
    assert offered[0]["value"] == SEED.id
    await house.max.slash(house.channel, "answer withdraw", entry=SEED.id, reason="x")
    assert SEED.id not in str(await house.max.autocomplete(house.channel, "answer withdraw", "entry", "twitching left"))
    assert SEED.id in str(await house.max.autocomplete(house.channel, "answer restore", "entry", "twitching"))


class TestTwoModeratorsAtOneEntry:
    async def test_the_second_sees_what_changed_and_types_over_that(self, house, desk):
        first = await house.max.slash(house.channel, "answer edit", entry=SEED.id)
        second = await house.mia.slash(house.channel, "answer edit", entry=SEED.id)
        await house.max.click(
            (await submit(house.max, first, headline="The first headline")).followups[-1], label="Save"
        )
        told = await submit(house.mia, second, headline="The second headline")
        assert "somebody changed this answer after you opened it" in all_shown(told)
        assert "The first headline" in all_shown(told)
        assert desk.question(SEED.id, server_id=house.id).answers[0].headline == "The first headline"
        again = await house.mia.click(told.followups[-1], label="Edit again, from how it stands now")
        done = await submit(house.mia, again)
        assert "\\- The first headline" in all_shown(done)
        await house.mia.click(done.followups[-1], label="Save")
        assert desk.question(SEED.id, server_id=house.id).answers[0].headline == "The second headline"

    async def test_the_second_save_is_held_back_too(self, house, desk):
        first = await house.max.slash(house.channel, "answer edit", entry=SEED.id)
        second = await house.mia.slash(house.channel, "answer edit", entry=SEED.id)
        one = await submit(house.max, first, headline="The first headline")
        two = await submit(house.mia, second, headline="The second headline")
        await house.max.click(one.followups[-1], label="Save")
        told = await house.mia.click(two.followups[-1], label="Save")
        assert "somebody changed this answer" in all_shown(told)
        assert desk.question(SEED.id, server_id=house.id).answers[0].headline == "The first headline"

    async def test_an_entry_withdrawn_meanwhile_is_told(self, house, desk):
        form = await house.mia.slash(house.channel, "answer edit", entry=SEED.id)
        await house.max.slash(house.channel, "answer withdraw", entry=SEED.id, reason="x")
        told = await submit(house.mia, form, headline="Too late")
        assert "somebody changed this answer" in all_shown(told)
        assert desk.question(SEED.id, server_id=house.id) is None


async def test_hostile_words_are_shown_harmlessly_everywhere(house):
    for command in ("answer show", "answer history"):
        assert texts_of(await house.max.slash(house.channel, command, entry=LADEN.id))[-1][-1] == NOTICE
    form = await house.max.slash(house.channel, "answer edit", entry=LADEN.id)
    done = await submit(
        house.max, form, body="```\n||@everyone [x](https://evil.example) \u202e '; DROP TABLE entries; --"
    )
    await house.max.click(done.followups[-1], label="Save")
    assert texts_of(await house.max.slash(house.channel, "answer show", entry=LADEN.id))[0][-1] == NOTICE
