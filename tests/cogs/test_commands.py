"""The real command tree: described, within limits, and clear about where it may be used."""

import re

from discord import AppCommandType

_TEXT = 8_000


def walk(options):
    for option in options:
        yield option
        yield from walk(option.get("options", []))


def shapes(bot):
    return [command.to_dict(bot.tree) for command in bot.tree.get_commands()]


async def test_every_command_is_within_limits_and_says_where_it_may_be_used(simcord_env):
    commands = shapes(simcord_env.bot)
    assert {command["name"] for command in commands} >= {"ask", "Find an answer"}
    for command in commands:
        assert 1 <= len(command["name"]) <= 32
        assert command["contexts"], command["name"]
        assert 2 not in command["contexts"], "private channels belong to commands that members install for themselves"
        assert command["integration_types"] == [0], command["name"]
        if command["type"] == AppCommandType.chat_input.value:
            assert re.fullmatch(r"[a-z0-9-]+", command["name"])
            assert 1 <= len(command["description"]) <= 100
            assert command["description"] != "…"
            assert len(command.get("options", [])) <= 25
            for option in walk(command.get("options", [])):
                assert re.fullmatch(r"[a-z0-9-]+", option["name"])
                assert 1 <= len(option["description"]) <= 100, option["name"]
                assert option["description"] != "…", option["name"]
                assert len(option.get("choices", [])) <= 25
        strings = re.findall(r"'(?:name|description)': '([^']*)'", str(command))
        assert sum(map(len, strings)) <= _TEXT


async def test_the_number_of_commands_is_within_limits(simcord_env):
    tree = simcord_env.bot.tree
    assert len(tree.get_commands(type=AppCommandType.chat_input)) <= 100
    assert len(tree.get_commands(type=AppCommandType.message)) <= 5
    assert len(tree.get_commands(type=AppCommandType.user)) <= 5
