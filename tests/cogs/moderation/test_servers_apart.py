"""Two servers with the same ids and titles: nothing of one shows in the other."""

from tests.cogs.moderation.doing import FORM, add, added, all_shown
from tests.cogs.showing import shown

OURS, THEIRS = "Histamine does it here, says our own expert.", "Saliva does it there, says their own expert."
ID = "why-do-mosquito-bites-itch-so-much"


async def test_each_sees_its_own_and_nothing_of_the_other(house):
    await added(house, body=OURS)
    theirs = await add(house, who=house.eve, channel=house.elsewhere, body=THEIRS)
    assert "may be the same question" not in all_shown(theirs)
    assert OURS not in all_shown(theirs)
    await house.eve.click(theirs.followups[-1], label="Save")

    for who, channel, own, other in (
        (house.max, house.channel, OURS, THEIRS),
        (house.eve, house.elsewhere, THEIRS, OURS),
    ):
        await house.ask(FORM["title"], who=who, channel=channel)
        reply = channel.last_message
        assert own in "".join(shown(reply))
        seen = [
            await who.slash(channel, "answer show", entry=ID),
            await who.slash(channel, "answer history", entry=ID),
            await who.slash(channel, "try", text=FORM["title"]),
            await who.slash(channel, "ask", question=FORM["title"]),
            await who.context_menu(channel, "Why this reply?", reply),
        ]
        written = "\n".join(map(all_shown, seen))
        assert own in written
        assert other not in written
        stranger = house.max if who is house.eve else house.eve
        assert f"<@{stranger.id}>" not in written

    await house.max.slash(house.channel, "answer withdraw", entry=ID, reason="ours alone")
    await house.ask(FORM["title"], who=house.eve, channel=house.elsewhere)
    assert THEIRS in "".join(shown(house.elsewhere.last_message))


async def test_autocomplete_offers_only_ones_own(house):
    await added(house)
    assert ID in str(await house.max.autocomplete(house.channel, "answer edit", "entry", "mosquito"))
    assert ID not in str(await house.eve.autocomplete(house.elsewhere, "answer edit", "entry", "mosquito"))
    assert ID not in str(await house.eve.autocomplete(house.elsewhere, "ask", "question", "mosquito"))
