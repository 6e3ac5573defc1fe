"""The settings panel: each control, each refusal, after a restart too."""

import pytest

from bot.config import DiscordSettings
from cogs._rendering.limits import COMPONENTS, TEXT_WE_USE, size
from cogs._settings.access import NO_INTENT
from cogs._settings.pages import CHECKLIST
from cogs._settings.panel import TITLES, Page
from cogs.settings import EVERYBODY, LEFT
from knowledge.curation.settings import REVIEW_MEANS, Care, Digest, ReviewMode
from tests.cogs.book import HEART, SEED_ASKED
from tests.cogs.moderation.doing import all_shown, choose, last
from tests.cogs.moderation.panel import kept, opened, parts, pick, turned
from tests.cogs.showing import shown


def chosen(house):
    return house.env.bot.services.storage.moderators.servers.settings(house.id)


# --- What it shows -----------------------------------------------------------------------------


async def test_an_admin_who_opens_it_first_is_told_what_to_set_first(house):
    panel = await opened(house)
    assert panel.ephemeral
    assert CHECKLIST in all_shown(panel)
    assert "Country of the emergency numbers: *US*" in all_shown(panel)
    await choose(house, care=Care.CAREFUL)
    again = await opened(house)
    assert CHECKLIST not in all_shown(again)
    assert "How sure before answering: careful" in all_shown(again)


async def test_every_page_can_be_turned_to_and_says_what_it_is_about(house):
    panel = await opened(house)
    for page, (title, _) in TITLES.items():
        assert all_shown(await turned(house, panel, page)).startswith(f"## {title}")


async def test_what_the_bot_lacks_in_a_watched_channel_is_named(house):
    closed = house.closed(send_messages=False, read_message_history=False)
    await choose(house, watched=frozenset({str(closed.id), str(house.channel.id)}))
    told = all_shown(await opened(house, Page.LISTENING))
    assert f"In <#{closed.id}> I am missing: Send Messages, Read Message History." in told
    assert f"In <#{house.channel.id}> I am missing" not in told


async def test_a_channel_that_is_gone_is_told(house):
    await choose(house, watched=frozenset({"123456789"}), staff_channel="123456788")
    told = all_shown(await opened(house))
    assert "is not there any more, or is hidden from me" in told
    assert "In <#123456788> I am missing: View Channel" in told


class TestWithoutTheIntent:
    @pytest.fixture
    def watched(self):
        return None

    async def test_it_says_so_instead_of_pretending(self, house):
        assert not house.env.bot.intents.message_content
        panel = await opened(house, Page.LISTENING)
        assert NO_INTENT not in all_shown(panel)
        told = await pick(house, panel, "watched", house.channel)
        assert NO_INTENT.removeprefix("**") in all_shown(told)


# --- What it does ------------------------------------------------------------------------------


async def test_a_watched_channel_is_heard_from_then_on_and_not_before(house):
    await house.ann.send(house.channel, SEED_ASKED)
    assert house.reply is None
    panel = await opened(house, Page.LISTENING)
    told = await pick(house, panel, "watched", house.channel)
    assert f"Saved. Watched channels: <#{house.channel.id}>" in all_shown(told)
    await house.ann.send(house.channel, SEED_ASKED)
    assert house.reply is not None
    await pick(house, panel, "watched")
    before = len(house.sent)
    await house.bea.send(house.channel, SEED_ASKED)
    assert len(house.sent) == before


async def test_threads_under_it_are_heard_when_the_setting_says_so(house):
    await choose(house, watched=frozenset({str(house.channel.id)}))
    thread = await house.thread()
    panel = await opened(house, Page.LISTENING)
    off = await house.ada.click(last(panel), label="Leave threads and posts alone")
    await house.ann.send(thread, SEED_ASKED)
    assert thread.last_message.author.id == house.ann.id
    await house.ada.click(last(off), label="Watch threads and posts too")
    await house.ann.send(thread, SEED_ASKED)
    assert thread.last_message.author.id == house.env.bot.user.id


async def test_the_servers_choice_replaces_the_operators_channels(house, watched):
    watched.add(house.channel.id)
    await house.ann.send(house.channel, SEED_ASKED)
    assert len(house.sent) == 1
    await choose(house, watched=frozenset())
    await house.ann.send(house.channel, SEED_ASKED)
    assert len(house.sent) == 1


async def test_a_choice_is_kept_and_said(house):
    panel = await opened(house, Page.MODERATORS)
    for page, name, value, expected in (
        (Page.MODERATORS, "review", "risky", {"review": ReviewMode.RISKY}),
        (Page.ANSWERS, "care", "careful", {"care": Care.CAREFUL}),
        (Page.ANSWERS, "answer_again_after", "1800", {"answer_again_after": 1800}),
        (Page.ANSWERS, "often", "5_300", {"answers_per_member": 5, "member_window": 300}),
        (Page.SAFETY, "country", "GB", {"country": "GB"}),
        (Page.STAFF, "retention_days", "30", {"retention_days": 30}),
    ):
        told = await pick(house, await turned(house, panel, page), name, value)
        assert all_shown(told).split("\n")[1].startswith("**Saved. "), name
        now = chosen(house)
        assert {one: getattr(now, one) for one in expected} == expected
        assert now.chosen >= expected.keys()


async def test_review_says_what_it_means(house):
    panel = await opened(house, Page.MODERATORS)
    for mode in ReviewMode:
        told = await pick(house, panel, "review", mode.value)
        assert REVIEW_MEANS[mode] in all_shown(told)


async def test_roles_are_named_and_everybody_is_refused(house):
    role = house.guild.create_role("Curators")
    panel = await opened(house, Page.MODERATORS)
    told = await pick(house, panel, "moderator_roles", role)
    assert f"Moderators: <@&{role.id}>" in all_shown(told)
    refused = await pick(house, panel, "moderator_roles", house.guild.default_role)
    assert EVERYBODY in all_shown(refused)
    assert chosen(house).moderator_roles == {str(role.id)}


async def test_ask_is_public_where_the_server_says_so(house):
    panel = await opened(house, Page.ANSWERS)
    await house.ada.click(last(panel), label="Show it to everybody")
    assert not (await house.ann.slash(house.channel, "ask", question=SEED_ASKED)).ephemeral
    assert (await house.ann.slash(house.channel, "ask", question=SEED_ASKED, public=False)).ephemeral


async def test_own_lines_stand_on_cards_and_the_form_shows_them_again(house):
    panel = await opened(house, Page.SAFETY)
    form = await house.ada.click(last(panel), label="Write your own lines")
    told = await house.ada.submit_modal(form, {"line_0": "Campus line: 555 0100", "line_1": "", "line_2": " "})
    assert "Campus line: 555 0100" in all_shown(told)
    assert chosen(house).own_lines == ("Campus line: 555 0100",)
    again = await house.ada.click(last(panel), label="Write your own lines")
    assert "Campus line: 555 0100" in str(again._interaction.modal)


async def test_own_text_stands_above_the_notice_and_too_much_is_refused(house):
    panel = await opened(house, Page.SAFETY)
    form = await house.ada.click(last(panel), label="Write your own text")
    await house.ada.submit_modal(form, {"notice_addition": "Ask our nurses."})
    await house.ask(SEED_ASKED)
    assert shown(house.reply)[-2] == "Ask our nurses."
    form = await house.ada.click(last(panel), label="Write your own text")
    told = await house.ada.submit_modal(form, {"notice_addition": "a\n" * 7})
    assert "Not saved: the text above the notice has more than 6 lines" in all_shown(told)
    assert chosen(house).notice_addition == "Ask our nurses."


async def test_a_digest_is_set_refused_and_taken_away(house):
    panel = await opened(house, Page.STAFF)
    form = await house.ada.click(last(panel), label="Set the digest")
    fields = {"weekday": ["4"], "hour": ["17"], "zone": "Mars/Olympus", "channel": [house.channel]}
    refused = await house.ada.submit_modal(form, fields)
    assert "Not saved: there is no time zone of that name" in all_shown(refused)
    form = await house.ada.click(last(panel), label="Set the digest")
    told = await house.ada.submit_modal(form, {**fields, "zone": "Europe/London"})
    assert f"Friday at 17:00 (Europe/London) in <#{house.channel.id}>" in all_shown(told)
    assert chosen(house).digest == Digest(4, 17, "Europe/London", str(house.channel.id))
    await house.ada.click(last(told), label="No digest")
    assert chosen(house).digest is None


async def test_a_staff_channel_is_chosen_and_left_out_again(house):
    panel = await opened(house, Page.STAFF)
    staff = house.guild.create_text_channel("staff")
    await pick(house, panel, "staff_channel", staff)
    assert chosen(house).staff_channel == str(staff.id)
    await house.ask(HEART)
    assert "An emergency card was shown in" in "\n".join(shown(staff.last_message))
    await pick(house, panel, "staff_channel")
    assert chosen(house).staff_channel == ""


async def test_a_page_can_be_left_to_the_operator_again(house):
    await choose(house, care=Care.CAREFUL, private_ask=False, retention_days=30)
    panel = await opened(house, Page.ANSWERS)
    told = await house.ada.click(last(panel), label="Leave this page to the operator again")
    assert LEFT in all_shown(told)
    assert chosen(house).chosen == {"retention_days"}
    assert chosen(house).care is Care.USUAL


async def test_the_history_tells_who_changed_what_newest_first(house):
    panel = await opened(house, Page.STAFF)
    await pick(house, panel, "retention_days", "30")
    await house.max.slash(house.channel, "pause")
    told = all_shown(await turned(house, panel, Page.HISTORY))
    assert f"<@{house.max.id}>: Paused: yes" in told
    assert f"<@{house.ada.id}>: What is known of replies is kept: for 30 days" in told
    assert told.index("Paused: yes") < told.index("30 days")


async def test_a_channel_that_the_bot_cannot_see_is_refused(house, database_path):
    hidden = house.closed(view_channel=False)
    panel = await opened(house, Page.LISTENING)
    before = kept(database_path)
    told = await pick(house, panel, "watched", hidden)
    assert "Not saved: that channel is not in this server, or the bot cannot see it" in all_shown(told)
    assert kept(database_path) == before


async def test_a_panel_of_an_earlier_run_works(house, build):
    panel = await opened(house, Page.ANSWERS)
    await house.env.restart_bot(build())
    told = await pick(house, panel, "care", "careful")
    assert "Saved. How sure before answering: careful" in all_shown(told)


async def test_every_page_is_within_discords_limits_at_its_fullest(house):
    """discord.py checks few of them: the texts, the components, and each label, are counted here."""
    channels = [house.guild.create_text_channel(f"{'n' * 90}-{number}") for number in range(25)]
    roles = [house.guild.create_role("r" * 90 + str(number)) for number in range(25)]
    await choose(
        house,
        watched=frozenset(str(one.id) for one in channels),
        moderator_roles=frozenset(str(one.id) for one in roles),
        review=ReviewMode.RISKY,
        care=Care.CAREFUL,
        answer_again_after=777,
        answers_per_member=7,
        member_window=777,
        country="GB",
        own_lines=("*" * 200, "_" * 200, "|" * 200),
        notice_addition="*" * 500,
        staff_channel=str(channels[0].id),
        digest=Digest(2, 13, "America/Argentina/ComodRivadavia", str(channels[0].id)),
        retention_days=77,
        paused=True,
        paused_until=4_000_000_000,
    )
    panel = await opened(house)
    for page in Page:
        message = last(await turned(house, panel, page))
        texts = shown(message)
        assert sum(map(size, texts)) <= TEXT_WE_USE, page
        assert len(list(parts(message))) <= COMPONENTS, page


class TestWhatTheOperatorNames:
    """The settings file names channels of all servers; a panel shows those of its own."""

    @pytest.fixture
    def settings(self):
        return DiscordSettings(staff_channels=[123456789])

    async def test_channels_of_other_servers_are_not_shown(self, house, watched):
        watched.update({house.channel.id, house.elsewhere.id})
        told = all_shown(await opened(house))
        assert f"Watched channels: *<#{house.channel.id}>*" in told
        assert str(house.elsewhere.id) not in told
        assert "123456789" not in told
        assert "is not there any more" not in told
