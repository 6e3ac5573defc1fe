"""`import`: doctor-answers pages, and questions of other programs, into the knowledge file."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable  # noqa: TC003  # dataclasses read annotations at run time
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003  # typer reads annotations at run time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.options import ImportFormat

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.content.importing import ForeignRead, PageRead, Read
    from knowledge.model import Answer, Question

_ANSWER_KEYS = ("headline", "body", "name", "credentials", "rating", "reviews")
# Something of such a page is missing, or stands where it does not belong: whose words are whose is not sure.
_NOT_WHOLE = frozenset({"truncated", "count-mismatch"})
_GET_THE_REST = "Get the whole page. If this is all there is, compare it with the page and give --incomplete."
# Fewer files are done before a bar could be read.
_FILES_WITH_PROGRESS = 10


def import_pages(  # noqa: PLR0913, PLR0917  # the options that the word takes
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="Pages saved as plain text, or files that another program exported."),
    ],
    wanted: Annotated[
        ImportFormat, typer.Option("--format", help="What the files are; auto looks at the first line of each.")
    ] = ImportFormat.AUTO,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object for each file.")] = False,  # noqa: FBT002  # a flag
    into: Annotated[
        Path | None, typer.Option("--into", metavar="FILE", help="Append the entries to this knowledge file.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what --into would add, and write nothing.")] = False,  # noqa: FBT002  # a flag
    incomplete: Annotated[  # noqa: FBT002  # a flag
        bool, typer.Option("--incomplete", help="Append also pages that break off, or lack answers they announce.")
    ] = False,
) -> None:
    """Read questions and answers: show what was found, or append it to a knowledge file.

    Formats: doctor-answers pages, TSV of Azure QnA Maker and Custom Question Answering, JSON of QnABot on AWS, and CSV
    with columns named question and answer. What is there already is left as it is, so importing twice adds nothing.
    """
    from knowledge.content.importing import ForeignRead, PageRead, RefusedFile, read_file

    failed = False
    found: list[Read] = []
    for path in _with_progress(files, quiet=into is None and sys.stdout.isatty()):
        read = read_file(path, wanted)
        if as_json:
            _print_json(read, several=len(files) > 1)
        elif isinstance(read, RefusedFile):
            typer.echo(f"{path}: {read.refusal}", err=True)
        elif isinstance(read, PageRead) and into is None:
            _preview(read)
        elif isinstance(read, ForeignRead):
            _tell(read)
        failed |= isinstance(read, RefusedFile) or (isinstance(read, ForeignRead) and bool(read.reading.skipped))
        found.append(read)
    if into is not None:
        appending = _Appending(into, lambda line: typer.echo(line, err=as_json), dry_run, incomplete)
        failed |= not appending.append(found)
    raise typer.Exit(int(failed))


def _print_json(read: Read, *, several: bool) -> None:
    from knowledge.content.importing import ForeignRead, PageRead

    given: dict[str, Any] = {"page": str(read.path)} if several else {}
    if isinstance(read, PageRead):
        page = read.page
        answers = [_answer(answer) for answer in page.answers]
        given |= {"title": page.title, "details": page.details, "answers": answers, "notice": page.notice}
        given["warnings"] = [str(warning) for warning in page.warnings]
    elif isinstance(read, ForeignRead):
        reading = read.reading
        given |= {"format": read.format.value, "entries": [_entry(question) for question in reading.questions]}
        given["skipped"] = [{"place": place, "reason": reason} for place, reason in reading.skipped]
        given["left_out"] = [{"what": what, "places": list(places)} for what, places in reading.left_out]
    else:
        given |= {"refused": True, "reason": read.refusal.reason, "message": str(read.refusal)}
    typer.echo(json.dumps(given))


def _answer(answer: Answer) -> dict[str, Any]:
    return {key: getattr(answer, key) for key in _ANSWER_KEYS}


def _entry(question: Question) -> dict[str, Any]:
    given: dict[str, Any] = {"id": question.id, "title": question.title, "phrasings": list(question.phrasings)}
    return given | {"answers": [_answer(answer) for answer in question.answers]}


def _preview(read: PageRead) -> None:
    """Show the entry as the terminal shows it when it is asked, below what a person should look at."""
    from bot.terminal.pages import plain_page, reply_page
    from bot.terminal.screen import Screen
    from knowledge.safety.notice import answer_reply

    screen = Screen()
    told = [str(warning) for warning in read.page.warnings] or ["Nothing to look at: every line found its place."]
    screen.show(plain_page(str(read.path), *told))
    screen.show(reply_page(answer_reply(read.question), short_notice=screen.narrow, chat=False))


def _tell(read: ForeignRead) -> None:
    """Report what a file of another program holds, and everything of it that becomes no entry."""
    reading = read.reading
    names = {"azure": "Azure question answering", "qnabot": "QnABot on AWS", "csv": "CSV"}
    entries = f"{len(reading.questions):,} {'entry' if len(reading.questions) == 1 else 'entries'}"
    typer.echo(f"{read.path} ({names[read.format]}): {entries} found, {len(reading.skipped):,} skipped")
    for skipped in reading.skipped:
        typer.echo(f"  Skipped {skipped}")
    for left_out in reading.left_out:
        typer.echo(f"  Left out: {left_out}")


@dataclass(frozen=True, slots=True)
class _Appending:
    """Where entries go, who is told, and whether they are only shown; `incomplete` takes pages that are not whole."""

    into: Path
    say: Callable[[str], None]
    dry_run: bool
    incomplete: bool

    def append(self, found: Iterable[Read]) -> bool:
        """Append what can be appended and tell what became of every entry. Whether all of them are in the file now."""
        from knowledge.content.importing import ForeignRead, PageRead
        from knowledge.content.writing import append_entries, write_as

        good: list[Question] = []
        complete = True
        for read in found:
            if isinstance(read, ForeignRead):
                good += read.reading.questions
            elif isinstance(read, PageRead):
                fits = self._fits(read)
                complete &= fits
                good += [read.question] if fits else []
        result = append_entries(self.into, good, dry_run=self.dry_run)
        for question in result.added:
            done = "Would be added" if self.dry_run else "Added"
            self.say(f"{done} to {self.into}: {question.id} ({_source(question)})")
        for question in result.present:
            self.say(f"There already, left as it is: {question.id} ({_source(question)})")
        if self.dry_run and result.added:
            self.say("\n" + write_as(self.into, result.added))
        return complete

    def _fits(self, read: PageRead) -> bool:
        """Tell what a person should look at. Whether the page can be an entry."""
        from knowledge.content.writing import faults_of

        warnings = [str(warning) for warning in read.page.warnings]
        faults = list(faults_of(read.question)) if read.page.answers else []
        lacks = not self.incomplete and any(warning.code in _NOT_WHOLE for warning in read.page.warnings)
        if faults or not read.page.answers or lacks:
            advice = [_GET_THE_REST] if lacks and read.page.answers else []
            self.say("\n  ".join([f"{read.path}: not added", *faults, *warnings, *advice]))
            return False
        if warnings:
            self.say("\n  ".join([f"{read.path}: look at this", *warnings]))
        return True


def _source(question: Question) -> str:
    return question.source.file if question.source else ""


def _with_progress(files: list[Path], *, quiet: bool) -> Iterable[Path]:
    if quiet or len(files) < _FILES_WITH_PROGRESS or not sys.stderr.isatty():
        return files
    from rich.console import Console
    from rich.progress import track

    return track(files, description="Reading files", console=Console(stderr=True), transient=True)
