"""`import`: doctor-answers pages into the knowledge file."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003  # typer reads annotations at run time
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from knowledge.content.pages import Page
    from knowledge.errors import PageRefused
    from knowledge.model import Question

_ANSWER_KEYS = ("headline", "body", "name", "credentials", "rating", "reviews")
# Fewer pages are done before a bar could be read.
_PAGES_WITH_PROGRESS = 10


@dataclass(frozen=True, slots=True)
class _Read:
    """A page that was read, and the entry made of it; or why it was refused."""

    path: Path
    page: Page | None = None
    question: Question | None = None
    refusal: PageRefused | None = None


def import_pages(
    pages: Annotated[list[Path], typer.Argument(metavar="PAGE", help="Pages saved as plain text.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for each page.")] = False,  # noqa: FBT002  # a flag
    into: Annotated[
        Path | None, typer.Option("--into", metavar="FILE", help="Append the entries to this knowledge file.")
    ] = None,
) -> None:
    """Read doctor-answers pages: show what was found, or append it to a knowledge file."""
    failed = False
    found: list[_Read] = []
    for path in _with_progress(pages, quiet=into is None and sys.stdout.isatty()):
        read = _read(path)
        failed |= read.page is None
        if as_json:
            _print_json(read, several=len(pages) > 1)
        elif read.refusal:
            typer.echo(f"{path}: {read.refusal}", err=True)
        elif into is None:
            _preview(read)
        found.append(read)
    if into is not None:
        failed |= not _append(into, found, say=lambda line: typer.echo(line, err=as_json))
    raise typer.Exit(int(failed))


def _read(path: Path) -> _Read:
    from knowledge.content.pages import question_of, read_page
    from knowledge.errors import PageRefused

    try:
        data = _bytes(path)
        page = read_page(data)
    except PageRefused as refusal:
        return _Read(path, refusal=refusal)
    return _Read(path, page, question_of(page, path.name, data))


def _bytes(path: Path) -> bytes:
    """Give the file's bytes, or as many as show that there are too many."""
    from knowledge.content.pages import MOST_BYTES
    from knowledge.errors import PageRefused

    try:
        if path.exists() and not path.is_file():
            raise PageRefused("unreadable", "This is no ordinary file. Name the pages one by one.")
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or "").lower()
        raise PageRefused(
            "unreadable", f"The file cannot be read ({reason}). Check its name and its rights."
        ) from error


def _print_json(read: _Read, *, several: bool) -> None:
    given: dict[str, Any] = {"page": str(read.path)} if several else {}
    if read.page is None:
        reason = read.refusal.reason if read.refusal else ""
        given |= {"refused": True, "reason": reason, "message": str(read.refusal)}
    else:
        page = read.page
        answers = [{key: getattr(answer, key) for key in _ANSWER_KEYS} for answer in page.answers]
        given |= {"title": page.title, "details": page.details, "answers": answers, "notice": page.notice}
        given["warnings"] = [str(warning) for warning in page.warnings]
    typer.echo(json.dumps(given))


def _preview(read: _Read) -> None:
    """Show the entry as the terminal shows it when it is asked, below what a person should look at."""
    from bot._terminal_pages import plain_page, reply_page
    from bot._terminal_screen import Screen
    from knowledge.safety.notice import answer_reply

    if read.page is None or read.question is None:
        return
    screen = Screen()
    told = [str(warning) for warning in read.page.warnings] or ["Nothing to look at: every line found its place."]
    screen.show(plain_page(str(read.path), *told))
    screen.show(reply_page(answer_reply(read.question), short_notice=screen.narrow, chat=False))


def _append(into: Path, found: Iterable[_Read], say: Callable[[str], None]) -> bool:
    """Append what can be appended and tell of every page what became of it. Whether all of them are in the file now."""
    from knowledge.content.writing import append_entries, faults_of

    good: list[Question] = []
    complete = True
    for read in found:
        if read.page is None or read.question is None:
            continue
        warnings = [str(warning) for warning in read.page.warnings]
        faults = () if not read.page.answers else faults_of(read.question)
        if faults or not read.page.answers:
            complete = False
            say("\n  ".join([f"{read.path}: not added", *faults, *warnings]))
            continue
        if warnings:
            say("\n  ".join([f"{read.path}: look at this", *warnings]))
        good.append(read.question)
    result = append_entries(into, good)
    for question in result.added:
        say(f"Added to {into}: {question.id} ({_source(question)})")
    for question in result.present:
        say(f"There already, left as it is: {question.id} ({_source(question)})")
    return complete


def _source(question: Question) -> str:
    return question.source.file if question.source else ""


def _with_progress(pages: list[Path], *, quiet: bool) -> Iterable[Path]:
    if quiet or len(pages) < _PAGES_WITH_PROGRESS or not sys.stderr.isatty():
        return pages
    from rich.console import Console
    from rich.progress import track

    return track(pages, description="Reading pages", console=Console(stderr=True), transient=True)
