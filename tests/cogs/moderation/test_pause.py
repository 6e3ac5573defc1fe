"""`/pause`: silence but for emergency cards, one line to whoever asks, and going on again."""

from cogs.pause import PAUSED, RESUMED
from tests.cogs.book import HEART, LONG_ASKED, SEED, SEED_ASKED
from tests.cogs.moderation.doing import all_shown, choose, last
from tests.cogs.showing import shown


def said(house):
    return "\n".join(shown(house.channel.last_message))


async def test_who_asks_a_paused_bot_is_told_once_and_cards_are_shown(house):
    await house.ask(LONG_ASKED)
    answer = house.reply
    told = await house.max.slash(house.channel, "pause")
    assert all_shown(told) == PAUSED.format(until="")
    await house.ask(SEED_ASKED)
    assert said(house).startswith("This server's moderators have paused me, so I give no answers here.")
    before = len(house.sent)
    await house.ask(SEED_ASKED)
    assert len(house.sent) == before
    for asked in (
        await house.bea.slash(house.channel, "ask", question=SEED_ASKED, public=True),
        await house.bea.slash(house.channel, "ask", question=SEED.id),
        await house.bea.slash(house.channel, "browse"),
        await house.bea.click(answer, label="Answer 2"),
        await house.ann.click(answer, label="Next page"),
    ):
        assert asked.ephemeral
        assert "have paused me" in all_shown(asked)
    await house.ask(HEART)
    assert "911" in said(house)
    assert "paused" not in said(house)


async def test_what_is_overheard_gets_silence_but_for_cards(house):
    await choose(house, watched=frozenset({str(house.channel.id)}))
    await house.max.slash(house.channel, "pause")
    await house.ann.send(house.channel, SEED_ASKED)
    assert house.sent == []
    await house.ann.send(house.channel, HEART)
    assert len(house.sent) >= 1


async def test_pause_again_goes_on(house):
    await house.max.slash(house.channel, "pause")
    told = await house.mia.slash(house.channel, "pause")
    assert all_shown(told) == RESUMED
    await house.ask(SEED_ASKED)
    assert SEED.title in said(house)


async def test_a_pause_with_a_duration_ends_by_itself_and_can_be_changed(house):
    told = await house.max.slash(house.channel, "pause", duration=120)
    assert "until <t:" in all_shown(told)
    await house.ask(SEED_ASKED)
    assert "until <t:" in said(house)
    longer = await house.max.slash(house.channel, "pause", duration=720)
    assert "until <t:" in all_shown(longer)
    await house.env.advance_time(720 * 60 + 1)
    await house.ask(SEED_ASKED, who=house.bea)
    assert SEED.title in said(house)


async def test_the_panel_and_help_show_it_and_the_panel_ends_it(house):
    await house.max.slash(house.channel, "pause")
    assert "Paused" in all_shown(await house.ann.slash(house.channel, "help"))
    panel = await house.ada.slash(house.channel, "settings")
    assert "**Paused.** I show emergency help lines and nothing else." in all_shown(panel)
    told = await house.ada.click(last(panel), label="Go on answering")
    assert "Saved. I answer again." in all_shown(told)
    await house.ask(SEED_ASKED)
    assert SEED.title in said(house)


async def test_a_pause_of_one_server_is_not_another_ones_and_outlives_a_restart(house, build):
    await house.max.slash(house.channel, "pause")
    await house.env.restart_bot(build())
    await house.ask(SEED_ASKED)
    assert "have paused me" in said(house)
    await house.ask(SEED_ASKED, who=house.eve, channel=house.elsewhere)
    assert SEED.title in "\n".join(shown(house.elsewhere.last_message))
