"""What goes beyond single answers: a server's settings, its examples, and texts that must not be kept."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from knowledge.content.limits import TRIED_LIMIT
from knowledge.curation.changes import SAY_WHY
from knowledge.curation.examples import Example, broken, is_phrasing
from knowledge.curation.refusals import QuotingRefusal, Refused
from knowledge.curation.setting_rules import Surroundings, require_allowed
from knowledge.moderation.exporting import entry_files, history_text, server_line
from knowledge.moderation.looking import NO_SUCH_ENTRY
from knowledge.moderation.servers import Change
from knowledge.records import examples, revisions, settings
from knowledge.text import words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Mapping

    from knowledge.curation.rights import Caller
    from knowledge.curation.server_layer import ServerLayer
    from knowledge.curation.settings import ServerSettings
    from knowledge.moderation.workplace import Workplace
    from knowledge.records.settings import SettingChange
    from knowledge.records.transaction import Transaction

STILL_IN_USE = (
    "Revision {number} holds what members see now or what waits for review. Withdraw or correct the answer first, then "
    "redact it."
)
NO_WORDS = "Revision {number} has no words to redact. Choose revisions from the history that have."


class Administering:
    """Every method raises `NotAllowed` for who may not do it, and `NotSaved`; `key` is as for `Editing`."""

    def __init__(self, workplace: Workplace) -> None:
        self._workplace = workplace

    def settings(self, caller: Caller) -> ServerSettings:
        """Give a server's settings to one of its admins."""
        return self._workplace.administered(caller).settings

    async def pause(self, caller: Caller, key: str, until: int | None) -> None:
        """Show nothing but emergency cards until then, in seconds since 1970; 0 is until resumed, None resumes.

        For moderators: whoever sees that something goes wrong may stop it.
        """
        self._workplace.moderated(caller)

        def choose(now: ServerSettings) -> ServerSettings:
            return now.choosing(paused=until is not None, paused_until=until or 0)

        await self._keep(caller, key, choose)

    async def change_settings(
        self,
        caller: Caller,
        key: str,
        choose: Callable[[ServerSettings], ServerSettings],
        *,
        channels: Container[str] | None = None,
    ) -> None:
        """Keep what `choose` makes of a server's settings as they are then. For its admins.

        `channels` are the ids of the server's channels that the bot sees. Raises `Refused`, with the reason, where a
        setting may not be so.
        """
        self._workplace.administered(caller)
        await self._keep(caller, key, choose, channels)

    async def _keep(
        self,
        caller: Caller,
        key: str,
        choose: Callable[[ServerSettings], ServerSettings],
        channels: Container[str] | None = None,
    ) -> None:
        signed = self._workplace.signed(caller)

        async def decide(layer: ServerLayer) -> Change:
            after = choose(layer.settings)
            require_allowed(after, settings.changed(layer.settings, after), self._surroundings(channels))

            async def write(transaction: Transaction) -> None:
                await settings.keep(transaction, caller.server_id, layer.settings, after, signed)

            return Change(replace(layer, settings=after), write=write)

        await self._workplace.servers.change(caller.server_id, key, decide)

    async def settings_history(self, caller: Caller, limit: int) -> tuple[SettingChange, ...]:
        """Give the last changes of a server's settings, newest first. For its admins. Raises `NotRead`."""
        self._workplace.administered(caller)
        return await settings.history(self._workplace.database, caller.server_id, limit)

    async def export(self, caller: Caller, *, jsonl: bool, history: bool) -> Mapping[str, str]:
        """Give what the caller's server made of its answers, as texts by the names of files. For admins.

        Its own entries and its drafts are knowledge files, where there are any; `server.jsonl` holds what is no entry,
        `history.jsonl`, if it is wanted, every revision. Raises `NotRead`.
        """
        layer, book = self._workplace.administered(caller), self._workplace.servers.book.questions
        # A large layer takes a while to write; members are answered meanwhile.
        entries = await asyncio.to_thread(entry_files, layer, book, jsonl=jsonl)
        files = {f"answers{suffix}": text for suffix, text in entries.items()}
        files["server.jsonl"] = server_line(caller.server_id, layer)
        if history:
            files["history.jsonl"] = await history_text(self._workplace.database, caller.server_id)
        return files

    async def redact(self, caller: Caller, key: str, entry_id: str, numbers: Collection[int], reason: str) -> None:
        """Take the words of these revisions from the store for good. For admins.

        Hash, author and reason of each stay, with who redacted it and why. Backups lose the words as they are rotated.
        """
        self._workplace.administered(caller)
        signed = self._workplace.signed(caller, reason)
        if not signed.reason:
            raise Refused(SAY_WHY)
        kept = await revisions.history(self._workplace.database, caller.server_id, entry_id)
        hashes = {revision.number: revision.content_hash for revision in kept if revision.question}

        async def decide(layer: ServerLayer) -> Change:
            entry = layer.entry(entry_id)
            in_use = {wording.content_hash for wording in (entry.live, entry.draft) if wording}
            for number in numbers:
                if number not in hashes:
                    raise Refused(NO_WORDS.format(number=number))
                if hashes[number] in in_use:
                    raise Refused(STILL_IN_USE.format(number=number))

            async def write(transaction: Transaction) -> None:
                await revisions.redact(transaction, caller.server_id, entry_id, numbers, signed)

            return Change(layer, write=write)

        await self._workplace.servers.change(caller.server_id, key, decide)
        await self._workplace.servers.look_up(caller.server_id)
        await self._workplace.database.forget_old_pages()

    async def add_example(self, caller: Caller, key: str, example: Example) -> None:
        """Keep a text that must find an entry, or must find nothing. It has to hold now. For moderators."""
        self._workplace.moderated(caller)
        kept = replace(example, text=" ".join(example.text.split()))
        if not words(kept.text) or len(kept.text) > TRIED_LIMIT:
            raise Refused(f"An example is a text of at most {TRIED_LIMIT:,} characters with words in it.")
        signed = self._workplace.signed(caller)

        async def decide(layer: ServerLayer) -> Change:
            self._require_sound(caller.server_id, kept)
            others = tuple(one for one in layer.examples if one.text != kept.text)

            async def write(transaction: Transaction) -> None:
                await examples.keep(transaction, caller.server_id, kept, signed)

            return Change(replace(layer, examples=(*others, kept)), write=write)

        await self._workplace.servers.change(caller.server_id, key, decide)

    async def remove_example(self, caller: Caller, key: str, text: str) -> None:
        """Keep an example no longer. For moderators."""
        self._workplace.moderated(caller)

        async def decide(layer: ServerLayer) -> Change:
            left = tuple(example for example in layer.examples if example.text != text)
            if len(left) == len(layer.examples):
                raise Refused(
                    "There is no such example here any more. Choose one from the list that opens while you type."
                )

            async def write(transaction: Transaction) -> None:
                await examples.remove(transaction, caller.server_id, text)

            return Change(replace(layer, examples=left), write=write)

        await self._workplace.servers.change(caller.server_id, key, decide)

    def _surroundings(self, channels: Container[str] | None) -> Surroundings:
        book = self._workplace.servers.book
        return Surroundings(frozenset(book.cards.country_names), book.policy, _zone_exists, channels)

    def _require_sound(self, server_id: str, example: Example) -> None:
        shown = self._workplace.servers.snapshot(server_id)
        question = shown.questions.get(example.entry_id)
        if example.entry_id and question is None:
            raise Refused(NO_SUCH_ENTRY)
        if question and is_phrasing(example.text, question):
            raise Refused("An example must differ from the question and its phrasings; finding those shows nothing.")
        if fault := broken(shown, example):
            raise QuotingRefusal(
                f"This example does not hold now: {fault}. Add a phrasing first, or choose another text."
            )


def _zone_exists(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
