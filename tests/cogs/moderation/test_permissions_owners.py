"""The permission matrix where the bot follows knowledge files: what is for its owners, and the export, for admins."""

import pytest

from bot.discord.client import build_client
from cogs.book import ONLY_OWNERS as OF_THE_BOOK
from cogs.doctor import ONLY_OWNERS as OF_THE_BOT
from knowledge.moderation.workplace import ONLY_ADMINS, ONLY_IN_A_SERVER
from tests.cogs.followed import Files
from tests.cogs.moderation.doing import all_shown
from tests.cogs.moderation.test_permissions import (
    ADMINS_COMMANDS,
    EVERYBODYS_COMMANDS,
    MODERATORS_COMMANDS,
    kept,
    leaves,
    use,
)

OWNERS_COMMANDS = {"knowledge status", "knowledge accept", "doctor"}
EXPORT = "knowledge export"


@pytest.fixture
def build(desk, settings, watched, storage, tmp_path):
    followed = Files(tmp_path / "book.toml").watch
    return lambda: build_client(desk, settings, watched=watched, backend=storage, followed=followed)


async def test_every_command_there_is_has_a_row(simcord_env):
    tree = simcord_env.bot.tree
    names = {leaf for command in tree.get_commands() for leaf in leaves(command.to_dict(tree))}
    assert names == {*MODERATORS_COMMANDS, *ADMINS_COMMANDS, *EVERYBODYS_COMMANDS, *OWNERS_COMMANDS, EXPORT}


async def test_nobody_but_an_owner_uses_what_is_for_owners(house, database_path):
    dan = house.env.create_user("dan")
    await dan.send_dm("hello")
    before = kept(database_path)
    for command in OWNERS_COMMANDS:
        for who, channel in (
            (house.ann, house.channel),
            (house.max, house.channel),
            (house.ada, house.channel),
            (house.eve, house.elsewhere),
            (dan, dan.dm_channel),
        ):
            told = all_shown(await use(house, who, channel, command, {}))
            assert told in {OF_THE_BOOK, OF_THE_BOT, ONLY_IN_A_SERVER}, (command, who.name)
    assert kept(database_path) == before


async def test_nobody_but_an_admin_exports_and_nothing_in_a_direct_message(house):
    dan = house.env.create_user("dan")
    await dan.send_dm("hello")
    for who in (house.ann, house.max):
        assert all_shown(await use(house, who, house.channel, EXPORT, {})) == ONLY_ADMINS
    assert all_shown(await use(house, dan, dan.dm_channel, EXPORT, {})) == ONLY_IN_A_SERVER
