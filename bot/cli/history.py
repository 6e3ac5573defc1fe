"""`history`: every wording that an entry ever had, with who, when and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import SettingsFile  # noqa: TC001  # typer reads annotations at run time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knowledge.curation.entry import Revision
    from knowledge.model import Question

_HASH_SHOWN = 12


def history(
    entry: Annotated[str, typer.Argument(metavar="ID", help="The entry's id.")],
    server: Annotated[
        str,
        typer.Option("--server", metavar="ID", help="What this server's moderators did, not the owners."),
    ] = "",
    config: SettingsFile = None,
) -> None:
    """Tell how an entry came to say what it says: every revision, and what it changed. Runs beside a serving bot."""
    import asyncio

    from bot.cli.start import settings_for_a_person
    from bot.store.stored import stored_revisions
    from knowledge.errors import SafeToShow
    from knowledge.safety.notice import closing_notice

    settings = settings_for_a_person(config)
    revisions = asyncio.run(stored_revisions(settings, server, entry))
    if not revisions:
        where = f"by server {server}" if server else "in the book"
        raise SafeToShow(f"Nothing is kept of an entry '{entry}' {where}; look at its spelling.")
    shown: Question | None = None
    for revision in revisions:
        typer.echo("\n".join(_lines(revision, shown, of_book=not server)) + "\n")
        shown = revision.question or shown
    typer.echo(closing_notice().full)


def _lines(revision: Revision, before: Question | None, *, of_book: bool) -> Iterator[str]:
    from knowledge.curation.differences import differences
    from knowledge.text import showable

    signed = revision.signed
    by = f"knowledge files {signed.reason[:_HASH_SHOWN]}" if of_book else f"by {signed.by or 'the bot'}"
    yield f"{revision.number}  {signed.at:%Y-%m-%d %H:%M} UTC  {_did(revision)}, {by}"
    if signed.reason and not of_book:
        yield f"   why: {showable(signed.reason)}"
    if revision.redacted:
        gone = revision.redacted
        yield f"   its words were redacted on {gone.at:%Y-%m-%d} by {gone.by}: {showable(gone.reason)}"
    if revision.question is None:
        return
    for difference in differences(before, revision.question):
        yield f"   {difference.part}"
        yield from (f"     {line}" for line in showable("\n".join(difference.lines)).split("\n"))


def _did(revision: Revision) -> str:
    from knowledge.curation.entry import Action

    told = {
        Action.ADD: "added",
        Action.EDIT: "changed",
        Action.WITHDRAW: "withdrawn",
        Action.RESTORE: f"restored from {revision.target}",
        Action.FOLLOW_BOOK: "back to the book's entry",
        Action.KEEP: "kept over the book's new words",
        Action.MERGE: f"{revision.target} became the book's",
        Action.APPROVE: f"{revision.target} approved",
        Action.REJECT: f"{revision.target} rejected",
    }
    return told[revision.action]
