"""`check`: everything that is wrong with the settings, the knowledge files, the rules and the examples."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  # typer reads annotations at run time
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.options import SettingsFile  # noqa: TC001  # typer reads annotations at run time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.cli.exits import Exit
    from bot.config import Config
    from knowledge.content.book import Book
    from knowledge.content.library import Snapshot
    from knowledge.errors import Fault

# Wordings: more of them take over a second, in which whoever waits wonders what is being done.
_MANY = 5_000


def check(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE", help="Check these knowledge files or folders, not those of the settings."),
    ] = None,
    *,
    stale: Annotated[
        bool, typer.Option("--stale", help="List the answers whose last check by a person is too long ago.")
    ] = False,
    upgrade: Annotated[
        bool,
        typer.Option("--upgrade", help="Try all that is stored too, servers' answers as well, on this version."),
    ] = False,
    config: SettingsFile = None,
) -> None:
    """Check settings, knowledge, rules and examples: tell all faults, with their lines."""
    from bot.app import snapshot_of
    from bot.cli.exits import Exit
    from knowledge.content.book import read_book
    from knowledge.errors import KnowledgeFaults

    settings, code = _check_settings(config)
    rules_are_fine = _check_rules()
    if not rules_are_fine:
        code = max(code, Exit.FAULTS)
    try:
        book = read_book(files or settings.knowledge.path)
    except KnowledgeFaults as found:
        _tell("Faults in the knowledge files", found.faults)
        raise typer.Exit(max(code, Exit.FAULTS)) from None
    # Samples are tried too: what is checked are the files, whoever sees them.
    snapshot = snapshot_of(book.questions, settings, samples=True) if rules_are_fine else None
    if snapshot and (failed := list(_failed(book, snapshot))):
        code = max(code, Exit.FAULTS)
        _tell("Faults found by trying", failed)
    _warn(book if files else _as_served(book, settings), snapshot)
    if stale:
        _tell_stale(book, settings)
    if upgrade and rules_are_fine and not _tell_upgrade(book, settings):
        code = max(code, Exit.FAULTS)
    if code == Exit.DONE:
        typer.echo(f"No faults: {_counted(len(book.questions), 'question')}, {_tried(book)} tried.")
    raise typer.Exit(code)


def _check_settings(config: Path | None) -> tuple[Config, Exit]:
    """Give the settings, or those that hold without any where they have faults."""
    from bot.cli.exits import Exit
    from bot.config import Config, load_config
    from knowledge.errors import SettingsFaults

    try:
        return load_config(config), Exit.DONE
    except SettingsFaults as found:
        _tell("Faults in the settings", found.faults)
        return Config(), Exit.USAGE


def _as_served(book: Book, settings: Config) -> Book:
    """Give `book` with the ids that entries have in the bot that serves it."""
    from datetime import UTC, datetime

    from bot.book.keeper import BookKeeper
    from bot.book.last_good import LastGood

    paths = settings.knowledge.path
    last_good = LastGood(settings.storage.path, paths)
    return BookKeeper(paths, last_good, lambda: datetime.now(UTC)).with_kept_ids(book)


def _check_rules() -> bool:
    from knowledge.errors import RulesFaults
    from knowledge.safety.cards import load_cards
    from knowledge.safety.rules import load_rules

    try:
        rules, cards = load_rules(), load_cards()
    except RulesFaults as found:
        _tell("Faults in the rules and cards", found.faults)
        return False
    typer.echo(f"Emergency rules and weights: {rules.review}")
    typer.echo(f"Emergency cards: {cards.review}")
    return True


def _failed(book: Book, snapshot: Snapshot) -> Iterator[Fault]:
    from knowledge.content.trial import failed_trials
    from knowledge.model import Place
    from knowledge.respond import respond

    return failed_trials(book, lambda text: respond(snapshot, text, Place(addressed=True)))


def _warn(book: Book, snapshot: Snapshot | None) -> None:
    from datetime import UTC, datetime, timedelta
    from functools import partial

    from knowledge.content.overdue import dates_to_come
    from knowledge.content.trial import same_answers, same_wordings, unanswered_wordings
    from knowledge.curation.unanswered import why_unanswered

    wordings = sum(len(question.wordings) for question in book.questions)
    if snapshot and wordings > _MANY:
        typer.echo(f"Asking the bot each of the {wordings:,} wordings. With so many this takes a while.", err=True)
    unanswered = unanswered_wordings(book, partial(why_unanswered, snapshot)) if snapshot else ()
    # Somewhere it is tomorrow already.
    to_come = dates_to_come(book, datetime.now(UTC).date() + timedelta(days=1))
    found = [*book.warnings, *same_wordings(book), *same_answers(book), *unanswered, *to_come]
    _tell("Worth a look, but no fault", sorted(found, key=lambda warning: (warning.file, warning.line)))
    if not book.questions:
        typer.echo("No question stands in there yet, so the bot has no answers. `import` and any editor add some.")


def _tell_stale(book: Book, settings: Config) -> None:
    from datetime import UTC, datetime

    from knowledge.content.overdue import overdue_answers

    since = settings.answers.checked_since(datetime.now(UTC).date())
    if since is None:
        typer.echo("No check is ever too long ago: review_after under [answers] in the settings is 0.")
    else:
        _tell(f"Not checked by a person since {since.isoformat()}", list(overdue_answers(book, since)))


def _tell_upgrade(book: Book, settings: Config) -> bool:
    """Tell what does not hold under this version of the program, and give whether all does."""
    import asyncio

    from bot.app import snapshot_of
    from bot.store.upgrade_check import check_upgrade

    snapshot = snapshot_of(_as_served(book, settings).questions, settings, samples=False)
    found = asyncio.run(check_upgrade(settings, snapshot, book.nothing))
    typer.echo(f"Tried on this version: {_counted(found.tried, 'stored text')}.")
    for change in found.changes:
        typer.echo(f"  {change}")
    typer.echo(f"{_counted(len(found.changes), 'change')} to look at." if found.changes else "All hold.")
    return not found.changes


def _tell(heading: str, faults: Sequence[Fault]) -> None:
    if faults:
        typer.echo(f"{heading}:")
        for fault in faults:
            typer.echo(f"  {fault}")


def _tried(book: Book) -> str:
    return _counted(len(book.examples) + len(book.nothing), "text")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
