"""A small client of the real discord.py, so that the fake is tested against the library and not against our bot."""

from __future__ import annotations

import io
import sys
from typing import Any

import discord
from discord import app_commands, ui

NO_PINGS = discord.AllowedMentions.none()


class Form(ui.Modal, title="Feedback"):
    """A form with a text, a choice and a file."""

    words = ui.Label(text="Say", component=ui.TextInput(custom_id="words"))
    kind = ui.Label(
        text="Kind",
        component=ui.Select(custom_id="kind", options=[discord.SelectOption(label="A", value="a")]),
    )
    file = ui.Label(text="File", component=ui.FileUpload(custom_id="file", required=False))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        parts = [self.words.component.value, ",".join(self.kind.component.values)]
        parts += [(await file.read()).decode() for file in self.file.component.values]
        await interaction.response.send_message("|".join(parts), ephemeral=True)


class Buttons(ui.LayoutView):
    """A text and a row of buttons, each of which answers in another way."""

    text = ui.TextDisplay("press one")
    row = ui.ActionRow()

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @row.button(label="Edit", custom_id="edit")
    async def turn(self, interaction: discord.Interaction, _button: ui.Button) -> None:
        self.text.content = f"pressed by {interaction.user.name}"
        await interaction.response.edit_message(view=self)

    @row.button(label="Form", custom_id="form")
    async def ask(self, interaction: discord.Interaction, _button: ui.Button) -> None:
        await interaction.response.send_modal(Form())

    @row.button(label="Private", custom_id="private")
    async def tell(self, interaction: discord.Interaction, _button: ui.Button) -> None:
        await interaction.response.send_message("for you", ephemeral=True)

    @row.button(label="Later", custom_id="later")
    async def wait(self, interaction: discord.Interaction, _button: ui.Button) -> None:
        await interaction.response.defer()
        await interaction.followup.send("behind it")


class Probe(discord.Client):
    """Echoes what it reads; some words make it do other things. `errors` holds what its handlers raised."""

    def __init__(self, intents: discord.Intents | None = None, **options: float) -> None:
        super().__init__(
            intents=intents or discord.Intents.all(),
            guild_ready_timeout=0.01,
            allowed_mentions=NO_PINGS,
            **options,
        )
        self.tree = app_commands.CommandTree(self)
        self.read: list[str] = []
        self.errors: list[Any] = []
        self.deleted: list[int] = []
        add_commands(self.tree)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Identify at once: the library waits five seconds before every second time."""

    async def setup_hook(self) -> None:
        self.add_view(Buttons())
        await self.tree.sync()

    async def on_error(self, *_: object) -> None:
        self.errors.append(sys.exc_info()[1])

    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        self.deleted.append(event.message_id)

    async def on_message(self, message: discord.Message) -> None:
        if message.author == self.user:
            return
        self.read.append(message.content)
        word = message.content.split(" ", 1)[0]
        if word in _ANSWERS:
            await _ANSWERS[word](message)
        elif word != "silence":
            await message.reply(f"echo: {message.content}", nonce=str(message.id))


async def _buttons(message: discord.Message) -> None:
    await message.reply(view=Buttons())


async def _file(message: discord.Message) -> None:
    async with message.channel.typing():
        await message.reply(file=discord.File(io.BytesIO(b"hello"), "a.txt"))


async def _attached(message: discord.Message) -> None:
    await message.reply((await message.attachments[0].read()).decode())


async def _revise(message: discord.Message) -> None:
    sent = await message.reply("first")
    await sent.edit(content="second", allowed_mentions=NO_PINGS)


async def _long(message: discord.Message) -> None:
    await message.reply("x" * 2001)


async def _history(message: discord.Message) -> None:
    await message.reply("|".join([one.content async for one in message.channel.history(limit=3)]))


async def _react(message: discord.Message) -> None:
    await message.add_reaction("ok")


async def _thread(message: discord.Message) -> None:
    thread = await message.create_thread(name="aside")
    await thread.send("in the thread")


async def _erase(message: discord.Message) -> None:
    sent = await message.reply("gone soon")
    await sent.delete()


async def _resend(message: discord.Message) -> None:
    sent = await message.reply("gone soon", nonce=str(message.id))
    await sent.delete()
    await message.reply("once more", nonce=str(message.id))


_ANSWERS = {
    "attached": _attached,
    "buttons": _buttons,
    "erase": _erase,
    "file": _file,
    "history": _history,
    "long": _long,
    "react": _react,
    "resend": _resend,
    "revise": _revise,
    "thread": _thread,
}


def add_commands(tree: app_commands.CommandTree) -> None:
    """Give the tree a command of every kind."""
    answer = app_commands.Group(name="answer", description="Answers", default_permissions=discord.Permissions(8192))

    @answer.command(description="Add an answer")
    async def add(interaction: discord.Interaction, title: str, file: discord.Attachment, who: discord.Member) -> None:
        may = interaction.permissions.manage_messages
        told = f"{title}|{(await file.read()).decode()}|{who.name}|{len(who.roles)}|{may}"
        await interaction.response.send_message(told)

    @tree.command(description="Echo")
    @app_commands.describe(text="What to say")
    async def echo(interaction: discord.Interaction, text: str = "nothing") -> None:
        await interaction.response.send_message(text)

    @echo.autocomplete("text")
    async def complete(_interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f"{typed} one", value="id-1")]

    @tree.command(description="Answer late")
    async def late(interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.followup.send("deferred")
        await interaction.edit_original_response(content="edited", allowed_mentions=NO_PINGS)
        await interaction.followup.send("second", ephemeral=True)

    @tree.context_menu(name="Quote")
    async def quote(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"quote: {message.content}")

    tree.add_command(answer)
