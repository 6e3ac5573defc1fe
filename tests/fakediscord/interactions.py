"""Interactions: what a member began, and what the bot may answer: once within three seconds, then for a while."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.fakediscord import limits
from tests.fakediscord.errors import ApiError, invalid_form, unknown
from tests.fakediscord.payloads import new_message
from tests.fakediscord.state import EPHEMERAL, LOADING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.fakediscord.server import FakeDiscord
    from tests.fakediscord.state import File, Json, World

COMMAND, COMPONENT, AUTOCOMPLETE, FORM = 2, 3, 4, 5
SAY, DEFER, DEFER_UPDATE, UPDATE, CHOICES, OPEN_FORM = 4, 5, 6, 7, 8, 9

# In answers to interactions only people are notified unless the bot says otherwise.
ONLY_USERS = {"parse": ["users"]}
_TOKEN_LIVES = 900.0
_ATTACHMENT_LIMIT = 10 * 2**20


@dataclass(slots=True)
class Interaction:
    """One thing that a member did, and what came of it.

    `answer` is the kind of the bot's first response (None: none yet), `data` that response's payload, `original` the
    message that it made or changed, `took` the seconds until it came.
    """

    id: str
    token: str
    kind: int
    user: Json
    channel: Json
    asked: Json
    message: Json | None = None
    began: float = field(default_factory=time.monotonic)
    answer: int | None = None
    data: Json = field(default_factory=dict)
    took: float = 0.0
    original: Json | None = None
    followups: list[Json] = field(default_factory=list)

    @property
    def shown(self) -> Json | None:
        """The message that the member sees as the response, once there is one to read."""
        return self.original if self.original and not self.original["flags"] & LOADING else None

    @property
    def form(self) -> Json | None:
        """The form that was opened, if one was."""
        return self.data if self.answer == OPEN_FORM else None


def told(world: World, interaction: Interaction) -> Json:
    """Give the event that tells the bot what a member did, and with which permissions."""
    channel, guild_id = interaction.channel, interaction.channel.get("guild_id")
    may = str(world.may(interaction.user["id"], channel))
    event: Json = {
        "id": interaction.id,
        "application_id": world.application_id,
        "type": interaction.kind,
        "token": interaction.token,
        "version": 1,
        "data": interaction.asked,
        "channel_id": channel["id"],
        "channel": {**channel, "permissions": may},
        "app_permissions": str(world.may(world.bot["id"], channel)),
        "locale": "en-US",
        "entitlements": [],
        "attachment_size_limit": _ATTACHMENT_LIMIT,
        "authorizing_integration_owners": {"0": guild_id or "0"},
        "context": 0 if guild_id else 1,
    }
    if guild_id:
        member = {**world.guilds[guild_id].members[interaction.user["id"]], "permissions": may}
        guild = {"id": guild_id, "features": [], "locale": "en-US"}
        event |= {"guild_id": guild_id, "guild_locale": "en-US", "guild": guild, "member": member}
    else:
        event["user"] = interaction.user
    return event | ({"message": interaction.message} if interaction.message else {})


async def respond(fake: FakeDiscord, interaction: Interaction, body: Json, files: Sequence[File]) -> None:
    """Take the bot's first response."""
    if interaction.answer is None and time.monotonic() - interaction.began > fake.acknowledge_within:
        raise unknown("interaction")
    if interaction.answer is not None:
        raise ApiError(400, 40060, "Interaction has already been acknowledged.")
    kind, data = body["type"], body.get("data") or {}
    _refuse_bad(interaction, kind, data)
    interaction.answer, interaction.data = kind, data
    interaction.took = time.monotonic() - interaction.began
    if kind in (SAY, DEFER):
        loading = LOADING if kind == DEFER else 0
        message = _own_message(fake, interaction, {**data, "flags": (data.get("flags") or 0) | loading}, files)
        interaction.original = message
        if kind == SAY:
            await announce(fake, message)
    elif kind in (DEFER_UPDATE, UPDATE):
        interaction.original = interaction.message
        if kind == UPDATE and interaction.message:
            await fake.edit(interaction.message, data)


async def follow_up(fake: FakeDiscord, interaction: Interaction, body: Json, files: Sequence[File]) -> Json:
    """Take a further message. The first one after a deferral fills the message that was deferred."""
    original = interaction.original
    if interaction.answer == DEFER and original and original["flags"] & LOADING:
        private = original["flags"] & EPHEMERAL
        original["flags"] &= ~LOADING
        return await fake.edit(original, {**body, "flags": (body.get("flags") or 0) & ~EPHEMERAL | private})
    message = _own_message(fake, interaction, body, files)
    interaction.followups.append(message)
    await announce(fake, message)
    return message


def behind(fake: FakeDiscord, token: str) -> Interaction:
    """Give the interaction of a webhook token, while that is valid."""
    interaction = fake.interactions.get(token)
    if interaction is None or interaction.answer is None:
        raise unknown("Webhook")
    if time.monotonic() - interaction.began > _TOKEN_LIVES:
        raise ApiError(401, 50027, "Invalid Webhook Token")
    return interaction


def message_of(fake: FakeDiscord, interaction: Interaction, message_id: str) -> Json:
    """Give a message that an interaction's token may touch."""
    if message_id != "@original":
        return fake.world.message(message_id)
    if interaction.original is None:
        raise unknown("Message")
    return interaction.original


def described(interaction: Interaction) -> Json:
    """Give what a callback answers when it is asked to tell."""
    message = interaction.original
    outcome: Json = {
        "id": interaction.id,
        "type": interaction.kind,
        "response_message_loading": interaction.answer == DEFER,
        "response_message_ephemeral": bool(message and message["flags"] & EPHEMERAL),
    }
    if message:
        outcome["response_message_id"] = message["id"]
    if message and interaction.answer in (SAY, DEFER, UPDATE):
        return {"interaction": outcome, "resource": {"type": interaction.answer, "message": message}}
    return {"interaction": outcome}


async def announce(fake: FakeDiscord, message: Json) -> None:
    """Tell the gateway of a new message, unless only one member sees it."""
    if not message["flags"] & EPHEMERAL:
        await fake.gateway.emit("MESSAGE_CREATE", message, channel=fake.world.channels[message["channel_id"]])


def _own_message(fake: FakeDiscord, interaction: Interaction, body: Json, files: Sequence[File]) -> Json:
    application = fake.world.application_id
    return new_message(
        fake.world,
        interaction.channel,
        fake.world.bot,
        body,
        files,
        unsaid_mentions=ONLY_USERS,
        webhook_id=application,
        application_id=application,
        interaction_metadata={
            "id": interaction.id,
            "type": interaction.kind,
            "user": interaction.user,
            "authorizing_integration_owners": {},
        },
    )


def _refuse_bad(interaction: Interaction, kind: int, data: Json) -> None:
    if (kind == CHOICES) != (interaction.kind == AUTOCOMPLETE) or (kind == OPEN_FORM and interaction.kind == FORM):
        raise ApiError(400, 50035, "Invalid Form Body")
    if kind in (UPDATE, DEFER_UPDATE) and interaction.message is None:
        raise ApiError(400, 50035, "Invalid Form Body")
    faults = []
    if kind in (SAY, UPDATE):
        faults = limits.message_faults(data)
        if kind == SAY and not any(data.get(part) for part in ("content", "embeds", "components", "attachments")):
            raise ApiError(400, 50006, "Cannot send an empty message")
    elif kind == OPEN_FORM:
        faults = limits.modal_faults(data)
    elif kind == CHOICES:
        faults = limits.choice_faults(data["choices"])
    if faults:
        raise invalid_form(*faults[0])
