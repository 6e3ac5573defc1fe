"""Using the settings panel: open it, turn it, choose in it, look at what it shows and at what is kept."""

import sqlite3

from cogs._custom_ids.settings_states import Act, Use
from cogs._settings.panel import Page
from tests.cogs.moderation.doing import last


async def opened(house, page=Page.OVERVIEW, who=None):
    """Open the panel, at a page."""
    panel = await (who or house.ada).slash(house.channel, "settings")
    return panel if page is Page.OVERVIEW else await turned(house, panel, page)


async def turned(house, panel, page):
    return await house.ada.select(last(panel), [page.value], custom_id=Use(Act.PAGE, "to").custom_id)


async def pick(house, panel, name, *values):
    """Choose in a select of the panel."""
    return await house.ada.select(last(panel), list(values), custom_id=Use(Act.CHOOSE, name).custom_id)


def kept(path):
    with sqlite3.connect(path) as connection:
        return connection.execute("SELECT server_id, name, value FROM settings").fetchall()


def parts(message):
    """Give every component of a message."""
    waiting = [part if isinstance(part, dict) else part.to_dict() for part in message.components]
    while waiting:
        part = waiting.pop()
        waiting += part.get("components", [])
        yield part
