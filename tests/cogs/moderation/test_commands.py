"""The whole command tree with the moderators' commands in it, and the page that explains them."""

import re
from pathlib import Path

from tests.cogs import test_commands as shapes
from tests.cogs.moderation.test_permissions import ADMINS_COMMANDS, EVERYBODYS_COMMANDS, MODERATORS_COMMANDS
from tests.cogs.moderation.test_permissions_owners import EXPORT

PAGE = (Path(__file__).parents[3] / "docs" / "moderators.md").read_text("utf-8")


async def test_every_command_is_within_limits_and_says_where_it_may_be_used(simcord_env):
    await shapes.test_every_command_is_within_limits_and_says_where_it_may_be_used(simcord_env)
    await shapes.test_the_number_of_commands_is_within_limits(simcord_env)


async def test_moderators_commands_are_for_servers_and_hidden_from_members(simcord_env):
    for command in shapes.shapes(simcord_env.bot):
        if command["name"] not in EVERYBODYS_COMMANDS:
            assert command["contexts"] == [0], command["name"]
            assert command["default_member_permissions"], command["name"]


def test_the_page_for_moderators_names_every_command_and_no_other():
    commands = {name for name in MODERATORS_COMMANDS | ADMINS_COMMANDS if name[0].islower()}
    menus = {name for name in MODERATORS_COMMANDS | ADMINS_COMMANDS if name[0].isupper()}
    named = set(re.findall(r"`/([a-z-]+(?: [a-z-]+)?)`", PAGE))
    assert named == commands | {EXPORT}
    assert all(f"**Apps > {menu}**" in PAGE for menu in menus)
