"""What is kept about a member: shown to them, deleted for them, and a canary that is nowhere without their press."""

import logging

import pytest

from knowledge.presentation import sentences
from tests.cogs.book import HEART, SEED_ASKED
from tests.cogs.moderation.doing import added, all_shown, last, told_of
from tests.cogs.moderation.passing import DIRECTLY, HERE, ITCH_ASKED, offered, passed_on
from tests.cogs.moderation.test_permissions import use
from tests.cogs.moderation.test_queue import CHOICES_ASKED, chosen
from tests.cogs.showing import shown

CANARY = "zanzibarine"
OURS = ("bot", "cogs", "knowledge")


async def panel(house, who=None):
    return await (who or house.ann).slash(house.channel, "privacy")


async def test_of_somebody_new_nothing_is_kept(house):
    told = all_shown(await panel(house))
    assert sentences.NOTHING_KEPT_OF_YOU in told
    assert sentences.READS_YOU in told


async def test_questions_wordings_and_votes_are_shown_to_their_member_alone(house):
    await passed_on(house)
    await house.ask(SEED_ASKED)
    await house.ann.click(house.reply, label="Helpful")
    mine = await panel(house)
    assert mine.ephemeral
    assert ITCH_ASKED in all_shown(mine)
    assert "1 helpful" in all_shown(mine)
    assert ITCH_ASKED not in all_shown(await panel(house, house.bea))


@pytest.mark.slow
async def test_a_question_is_taken_back_from_there(house):
    await passed_on(house)
    back = await house.ann.click(last(await panel(house)), label="Take back question 1")
    assert sentences.TAKEN_BACK in all_shown(back)
    assert ITCH_ASKED not in all_shown(await panel(house))


@pytest.mark.slow
async def test_a_moderator_is_told_that_their_changes_stay(house):
    await added(house)
    assert sentences.SIGNED_BY_YOU.format(count=1) in all_shown(await panel(house, house.max))


@pytest.mark.slow
async def test_it_works_in_direct_messages_for_all_servers(house):
    await passed_on(house)
    await house.ann.user.send_dm("hello")
    there = await use(house, house.ann.user, house.ann.user.dm_channel, "privacy", {})
    assert ITCH_ASKED in all_shown(there)


async def forget(house, who=None):
    sure = await (who or house.ann).click(last(await panel(house, who)), label="Delete all of this")
    assert sentences.FORGET_SURE in all_shown(sure)
    return await (who or house.ann).click(sure.response or last(sure), label="Delete it")


async def test_deletion_asks_first_and_leaves_nothing_to_be_told(house, storage):
    await passed_on(house)
    await passed_on(house, house.bea, "why do mosquito bites itch so much")
    assert sentences.FORGOTTEN in all_shown(await forget(house))
    await added(house)
    (told,) = await told_of(house.channel, sentences.YOUR_ANSWER)
    assert shown(told)[0].startswith(house.bea.mention)
    kept = await storage.members.privacy.kept(str(house.ann.id))
    assert (kept.askings, kept.wordings, kept.votes, kept.to_be_told) == ((), (), (), 0)


# --- Not being read ------------------------------------------------------------------------------


@pytest.fixture
def overheard(house, watched):
    watched.add(house.channel.id)

    async def say(who, text=SEED_ASKED):
        await who.send(house.channel, text)
        return house.reply

    return say


async def test_whoever_opts_out_is_not_read_also_after_a_restart(house, overheard, build, storage):
    out = await house.ann.click(last(await panel(house)), label="Do not read my messages in watched channels")
    assert sentences.OPTED_OUT in all_shown(out)
    assert await overheard(house.ann) is None
    assert await overheard(house.ann, HEART) is None, "the screen reads nothing of who opted out"
    assert storage.members.privacy.opted_out(str(house.ann.id))
    await house.env.restart_bot(build())
    assert await overheard(house.ann) is None
    assert await overheard(house.bea) is not None


async def test_what_is_said_to_the_bot_is_read_all_the_same(house, storage):
    await storage.members.privacy.opt_out(str(house.ann.id))
    await house.ask(SEED_ASKED)
    assert house.reply is not None


@pytest.mark.slow
async def test_reading_is_switched_on_again(house, overheard, storage):
    await storage.members.privacy.opt_out(str(house.ann.id))
    again = await house.ann.click(last(await panel(house)), label="Read my messages in watched channels again")
    assert sentences.OPTED_IN in all_shown(again)
    assert await overheard(house.ann) is not None


@pytest.mark.slow
async def test_deletion_does_not_begin_to_read_again(house, storage):
    await storage.members.privacy.opt_out(str(house.ann.id))
    await passed_on(house)
    await forget(house)
    assert storage.members.privacy.opted_out(str(house.ann.id))


# --- The canary ----------------------------------------------------------------------------------


def found_in(folder):
    """Give the files below a folder that hold the canary, in any case."""
    return [path.name for path in folder.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes().lower()]


async def everything(house, watched):
    """Put the canary to the bot in every way, and press what does not keep it."""
    watched.add(house.channel.id)
    asked = f"what is {CANARY}?"
    await house.ann.send(house.channel, asked)
    await house.ann.user.send_dm(asked)
    await house.ann.slash(house.channel, "ask", question=asked)
    await house.ann.autocomplete(house.channel, "ask", "question", CANARY)
    said = await house.ann.send(house.channel, f"{CANARY}?")
    await house.bea.context_menu(house.channel, "Find an answer", said)
    await house.max.context_menu(house.channel, "Answer this…", said)
    await house.max.slash(house.channel, "try", text=asked)
    offer = await offered(house, text=asked)
    await house.ann.click(last(offer), label="Keep nothing")
    await house.ask(f"{SEED_ASKED} {CANARY}")
    await house.ann.click(house.reply, label="Not helpful")


async def test_a_canary_is_nowhere_unless_its_member_agreed_and_gone_when_they_say_so(
    house, watched, tmp_path, caplog, storage
):
    caplog.set_level(logging.DEBUG)
    await everything(house, watched)
    assert found_in(tmp_path) == []
    watched.clear()
    await passed_on(house, text=f"why is {CANARY} red?", label=HERE)
    await passed_on(house, text=f"why is {CANARY} so far away from the moon?", label=DIRECTLY)
    reply = await chosen(house, f"{CHOICES_ASKED} {CANARY}")
    offer = await house.ann.click(reply, label="Show the moderators my wording")
    await house.ann.click(last(offer), label="Show them my wording")
    assert found_in(tmp_path) != [], "what a member agreed to is kept"
    await house.max.slash(house.channel, "queue")
    await forget(house)
    assert found_in(tmp_path) == []
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name.split(".")[0] in OURS)
    assert CANARY not in logged
    assert not [held for _, held in storage.members.held._held.values() if CANARY in held.text]


@pytest.mark.slow
async def test_it_is_gone_too_once_its_asker_is_told(house, tmp_path):
    await passed_on(house, text=f"can {CANARY} and botox stop my eyebrow from twitching?")
    assert found_in(tmp_path) != []
    page = last(await house.max.slash(house.channel, "queue"))
    sure = await house.max.click(page, label="Answered by 1")
    await house.max.click(sure.response, label="Tell them")
    await told_of(house.channel, sentences.YOUR_ANSWER)
    assert found_in(tmp_path) == []


def test_a_file_that_holds_it_would_be_found(tmp_path):
    (tmp_path / "log").write_text(f"... {CANARY.upper()} ...")
    assert found_in(tmp_path) == ["log"]
