"""An entry as it is and as it was: shown as members see it, revision by revision, and redacted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cogs._custom_ids.desk_states import Past
from cogs._interactions.callers import caller_of
from cogs._interactions.responses import become, begin, tell
from cogs._moderation import overriding
from cogs._moderation.proposing import show_reply
from cogs._rendering import desk_layout, limits
from cogs._rendering.closing import closing
from cogs._rendering.desk_layout import Passage
from cogs._rendering.escape import escaped_line
from cogs._rendering.layouts import Button, Layout, Tone
from cogs._services.services import services_of, storage_of
from knowledge.curation.differences import differences
from knowledge.curation.entry import Action
from knowledge.curation.refusals import Refused
from knowledge.curation.server_layer import marked
from knowledge.moderation.views import EntryState

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cogs._interactions.responses import Interaction
    from knowledge.curation.entry import Revision, Signed
    from knowledge.model import Notice
    from knowledge.moderation.views import EntryView, History

ON_A_PAGE = 6
NO_REVISION = "This entry has no revision of that number with words in it. /answer history shows which there are."
WHICH_NUMBERS = "Write the numbers of the revisions, such as: 2, 3."
REDACTED = (
    "**Redacted.** The words are gone from what the bot keeps; who wrote them, when and why stays. "
    "Backups lose them as they are replaced."
)
_STATES = {
    EntryState.BOOK: "Members see the book's entry.",
    EntryState.OWN: "Members see it as this server's moderators wrote it.",
    EntryState.WITHDRAWN: "Withdrawn: members see nothing of it.",
    EntryState.NOT_YET: "Not shown yet.",
}
_DONE = {
    Action.ADD: "added",
    Action.EDIT: "edited",
    Action.WITHDRAW: "withdrawn",
    Action.RESTORE: "restored from revision {target}",
    Action.FOLLOW_BOOK: "back to the book's entry",
    Action.MERGE: "revision {target} became the book's",
    Action.KEEP: "kept over the book's new words",
    Action.APPROVE: "revision {target} approved",
    Action.REJECT: "revision {target} rejected",
}


async def show(interaction: Interaction, entry: str, revision: int | None) -> None:
    """Show an entry as members see it, or would, and what else there is to know of it."""
    await begin(interaction)
    caller, services = caller_of(interaction), services_of(interaction.client)
    moderators, notice = storage_of(interaction.client).moderators, services.desk.notice(server_id=caller.server_id)
    seen = moderators.look.entry(caller, entry)
    if revision is None:
        if seen.newest is not None:
            await show_reply(interaction, services.desk.reply(seen.newest, server_id=caller.server_id))
        known = list(_known_of(seen))
        rows: tuple[tuple[Button, ...], ...] = ()
        if seen.book_changed:
            await overriding.show_books(interaction, seen)
            between, rows = overriding.choice(seen)
            known = [*between, *known]
        told = desk_layout.told(_state_of(seen), known, notice, rows)
        await tell(interaction, told.layout, told.file, name="entry.txt")
        return
    kept = await moderators.look.history(caller, entry)
    words = next((one.question for one in kept.own if one.number == revision and one.question), None)
    if words is None:
        raise Refused(NO_REVISION)
    words = marked(words, seen.of_book)
    await show_reply(interaction, services.desk.reply(words, server_id=caller.server_id))
    passages = list(desk_layout.changes(differences(words, seen.newest), seen.newest)) or [Passage("The same as now.")]
    told = desk_layout.told(f"**Revision {revision}**, and what is different now.", passages, notice)
    await tell(interaction, told.layout, told.file, name="changes.txt")


async def history(interaction: Interaction, entry: str) -> None:
    """Show the newest revisions of an entry."""
    await begin(interaction)
    await tell(interaction, await _past(interaction, entry, 0))


async def turn_history(interaction: Interaction, state: Past) -> None:
    """Turn to another page of a history."""
    await interaction.response.defer()
    await become(interaction, await _past(interaction, state.entry, state.page))


async def redact(interaction: Interaction, entry: str, revisions: str, reason: str) -> None:
    """Take the words of revisions away for good."""
    await begin(interaction)
    caller, storage = caller_of(interaction), storage_of(interaction.client)
    if not re.fullmatch(r"\s*\d{1,6}(?:[\s,]+\d{1,6})*\s*", revisions):
        raise Refused(WHICH_NUMBERS)
    numbers = [int(number) for number in re.findall(r"\d+", revisions)]
    await storage.moderators.administer.redact(caller, str(interaction.id), entry, numbers, reason)
    told = desk_layout.told(REDACTED, [Passage(f"Entry: {entry}")], _notice(interaction))
    await tell(interaction, told.layout)


def _notice(interaction: Interaction) -> Notice:
    return services_of(interaction.client).desk.notice(server_id=caller_of(interaction).server_id)


def _state_of(seen: EntryView) -> str:
    lines = [_STATES[seen.state]]
    if seen.draft is not None:
        lines.append(f"What stands above is a draft by {_people(seen.drafted_by)}; it waits for /review.")
    if seen.book_changed:
        lines.append("The book's entry says something else by now than when this server changed it.")
    return "\n".join(f"**{line}**" for line in lines)


def _known_of(seen: EntryView) -> Iterator[Passage]:
    yield Passage(seen.title, f"Entry: {seen.id}")
    words = seen.newest
    if words is not None:
        for label, texts in (("Phrasings", words.phrasings), ("Topics", words.topics), ("Examples", words.examples)):
            if texts:
                yield Passage(label, "\n".join(f"- {text}" for text in texts))
        if words.source:
            yield Passage("Source", words.source.file)


async def _past(interaction: Interaction, entry: str, page: int) -> Layout:
    caller, moderators = caller_of(interaction), storage_of(interaction.client).moderators
    seen = moderators.look.entry(caller, entry)
    end, head = closing(_notice(interaction)), f"**History of** {escaped_line(seen.title)}"
    room = limits.TEXT_WE_USE - sum(map(limits.size, (head, *end)))
    pages = _pages(_lines(await moderators.look.history(caller, entry)), room)
    last = max(0, len(pages) - 1)
    page = min(page, last)
    shown = pages[page] if pages else ()
    turns = [Button("Newer", Past(entry, page - 1))] if page else []
    turns += [Button("Older", Past(entry, page + 1))] if page < last else []
    blocks = ((head,), shown, end)
    return Layout(Tone.CHOICES, tuple(filter(None, blocks)), (tuple(turns),) if turns else ())


def _pages(lines: Iterable[str], room: int) -> list[tuple[str, ...]]:
    """Give the texts of each page, as many as fit into `room`: reasons may be long."""
    pages: list[tuple[str, ...]] = []
    for line in lines:
        begun = pages[-1] if pages else ()
        if not begun or len(begun) == ON_A_PAGE or sum(map(limits.size, (*begun, line))) > room:
            pages.append((line,))
        else:
            pages[-1] = (*begun, line)
    return pages


def _lines(kept: History) -> Iterator[str]:
    """Give a text for each revision, this server's first, the newest of each first."""
    for revision in reversed(kept.own):
        yield _line(revision, str(revision.number), f"by {_person(revision.signed)}")
    for revision in reversed(kept.of_book):
        yield _line(revision, f"Book {revision.number}", "by its owners", with_reason=False)


def _line(revision: Revision, name: str, whose: str, *, with_reason: bool = True) -> str:
    done = _DONE[revision.action].format(target=revision.target)
    lines = [f"**{name}** · {done} {whose} · <t:{int(revision.signed.at.timestamp())}:f>"]
    if with_reason and revision.signed.reason:
        lines.append(f"> {escaped_line(revision.signed.reason)}")
    if revision.redacted:
        lines.append(f"Words redacted by {_person(revision.redacted)}: {escaped_line(revision.redacted.reason)}")
    return "\n".join(lines)


def _person(signed: Signed) -> str:
    if not signed.by:
        return "the bot"
    return f"<@{signed.by}>" if signed.by.isdigit() else escaped_line(signed.by)


def _people(ids: frozenset[str]) -> str:
    return ", ".join(f"<@{one}>" for one in sorted(ids))
