"""What people do: write, edit, delete, use commands with sub-commands and files, press, choose, fill forms in."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from tests.fakediscord import commands, forms, permissions
from tests.fakediscord.errors import NotOffered
from tests.fakediscord.interactions import AUTOCOMPLETE, COMMAND, COMPONENT, FORM, Interaction, told
from tests.fakediscord.limits import walk
from tests.fakediscord.payloads import edited_message, new_message
from tests.fakediscord.state import EPHEMERAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.fakediscord.server import FakeDiscord
    from tests.fakediscord.state import File, Guild, Json

_MESSAGE_MENU = 3


class Person:
    """Somebody with Discord's own client before them. Without a guild they can only write directly.

    What that client would not offer raises `NotOffered`.
    """

    def __init__(
        self, fake: FakeDiscord, name: str, guild: Guild | None = None, *, roles: tuple[Json, ...] = ()
    ) -> None:
        self.fake = fake
        self.user = fake.world.add_user(name)
        self.guild = guild
        if guild:
            fake.world.add_member(guild, self.user, roles)

    @property
    def direct(self) -> Json:
        """The channel between this person and the bot."""
        return self.fake.world.direct_channel(self.user)

    # --- Messages ------------------------------------------------------------------------------

    async def say(
        self,
        channel: Json,
        text: str,
        *,
        files: Sequence[File] = (),
        reply_to: Json | None = None,
        ping: bool = True,
        **extra: Any,
    ) -> Json:
        """Write a message. `ping` says whether a reply notifies whom it answers."""
        if not self.fake.world.may(self.user["id"], channel) & permissions.SEND_MESSAGES:
            raise NotOffered(f"{self.user['username']} may not write there")
        body: Json = {"content": text}
        if reply_to:
            body["message_reference"] = {"message_id": reply_to["id"]}
        if reply_to and not ping:
            body["allowed_mentions"] = {"parse": ["users", "roles"], "replied_user": False}
        message = new_message(self.fake.world, channel, self.user, body, files, **extra)
        await self.fake.gateway.emit("MESSAGE_CREATE", message, channel=channel)
        self.fake.changed()
        return message

    async def mention(self, channel: Json, text: str) -> Json:
        """Write a message that addresses the bot."""
        return await self.say(channel, f"<@{self.fake.world.application_id}> {text}")

    async def edit(self, message: Json, text: str) -> None:
        edited_message(self.fake.world, message, {"content": text})
        channel = self.fake.world.channels[message["channel_id"]]
        await self.fake.gateway.emit("MESSAGE_UPDATE", message, channel=channel)

    async def delete(self, message: Json) -> None:
        await self.fake.delete(message)

    async def start_thread(self, channel: Json, name: str) -> Json:
        return await self.fake.start_thread(channel, name, self.user)

    # --- Commands ------------------------------------------------------------------------------

    async def slash(self, channel: Json, name: str, /, **options: Any) -> Interaction:
        """Use a slash command; sub-commands are words: `slash(channel, "answer add", question="...")`.

        Options are texts, numbers, users, roles and channels as JSON, or a `File`.
        """
        command = self._offered(channel, name.split(maxsplit=1)[0], commands.SLASH)
        data = commands.invocation(self.fake.world, channel, command, name, options)
        return await self._begin(COMMAND, channel, data)

    async def autocomplete(
        self,
        channel: Json,
        name: str,
        focused: str,
        /,
        **options: Any,
    ) -> list[Json]:
        """Type in an option of a slash command and give what the bot suggests."""
        command = self._offered(channel, name.split(maxsplit=1)[0], commands.SLASH)
        data = commands.invocation(self.fake.world, channel, command, name, options, focused=focused)
        interaction = await self._begin(AUTOCOMPLETE, channel, data)
        await self.fake.until(lambda: interaction.answer is not None)
        return interaction.data["choices"]

    async def message_menu(self, channel: Json, name: str, message: Json) -> Interaction:
        """Use a command from the menu of a message."""
        command = self._offered(channel, name, _MESSAGE_MENU)
        resolved = {"messages": {message["id"]: message}}
        data = {
            "id": command["id"],
            "name": name,
            "type": _MESSAGE_MENU,
            "options": [],
            "target_id": message["id"],
            "resolved": resolved,
        }
        return await self._begin(COMMAND, channel, data)

    def offered(self, channel: Json) -> list[str]:
        """Give the names of the commands that this person sees in a channel."""
        return [command["name"] for command in self._all_offered(channel)]

    # --- Components and forms ------------------------------------------------------------------

    async def press(
        self,
        message: Json,
        *,
        custom_id: str | None = None,
        label: str | None = None,
        values: Sequence[str] | None = None,
    ) -> Interaction:
        """Press a button by its label or custom id, or choose `values` in a select."""
        if message["flags"] & EPHEMERAL and message["interaction_metadata"]["user"]["id"] != self.user["id"]:
            raise NotOffered("that message is private to somebody else")
        wanted = ("label", label) if custom_id is None else ("custom_id", custom_id)
        usable = [part for part in walk(message["components"]) if not part.get("disabled")]
        part = next((part for part in usable if part.get(wanted[0]) == wanted[1]), None)
        if part is None:
            raise NotOffered(f"no enabled component with the {wanted[0]} {wanted[1]!r} on that message")
        data: Json = {"custom_id": part["custom_id"], "component_type": part["type"], "id": part["id"]}
        if values is not None:
            data["values"] = list(values)
        channel = self.fake.world.channels[message["channel_id"]]
        return await self._begin(COMPONENT, channel, data, message)

    async def submit(self, opened: Interaction, values: Mapping[str, Any]) -> Interaction:
        """Fill in the form that `opened` brought, by custom id: texts, lists of values, a `File` or several."""
        if opened.form is None:
            raise NotOffered("no form was opened")
        data = forms.filled(self.fake.world, opened.channel["id"], opened.form, values)
        return await self._begin(FORM, opened.channel, data, opened.message)

    async def acknowledged(self, interaction: Interaction) -> Interaction:
        """Wait until the bot has answered at all."""
        await self.fake.until(lambda: interaction.answer is not None)
        return interaction

    async def shown(self, interaction: Interaction) -> Json:
        """Wait for the message that answers an interaction."""
        return await self.fake.until(lambda: interaction.shown)

    # --- Inside --------------------------------------------------------------------------------

    def _all_offered(self, channel: Json) -> list[Json]:
        registered = self.fake.world.commands
        known = [*registered.get(channel.get("guild_id") or "", []), *registered.get(None, [])]
        may = self.fake.world.may(self.user["id"], channel)
        return [command for command in known if commands.offered(command, channel, may)]

    def _offered(self, channel: Json, name: str, kind: int) -> Json:
        for command in self._all_offered(channel):
            if command["name"] == name and command["type"] == kind:
                return command
        raise NotOffered(f"no command {name!r}; {self.user['username']} sees {self.offered(channel)}")

    async def _begin(self, kind: int, channel: Json, data: Json, message: Json | None = None) -> Interaction:
        interaction_id = self.fake.world.snowflake()
        token = base64.urlsafe_b64encode(f"interaction:{interaction_id}".encode()).decode().rstrip("=")
        interaction = Interaction(interaction_id, token, kind, self.user, channel, data, message)
        self.fake.interactions[token] = interaction
        await self.fake.gateway.emit("INTERACTION_CREATE", told(self.fake.world, interaction))
        return interaction
