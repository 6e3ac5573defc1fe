"""What members do to pass a question on, in these tests."""

from __future__ import annotations

from tests.cogs.moderation.doing import last

ITCH_ASKED = "why do mosquito bites itch so much?"
HERE, DIRECTLY = "Ask, and tell me in this channel", "Ask, and tell me directly"


async def offered(house, who=None, text=ITCH_ASKED):
    """Ask in the channel and see what would be kept."""
    await house.ask(text, who)
    return await (who or house.ann).click(house.reply, label="Ask the moderators")


async def passed_on(house, who=None, text=ITCH_ASKED, label=HERE):
    offer = await offered(house, who, text)
    return await (who or house.ann).click(last(offer), label=label)
