"""The command line: its words, and what people read when something fails.

Each word is a typed function in a file of its own, registered at the end of this one. Those files import what they work
with inside the function: `python -m bot` must answer in a blink, and must not load a chat platform's library.
"""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import (
    accept,
    ask,
    backup,
    chat,
    check,
    discord,
    doctor,
    export,
    health,
    history,
    import_pages,
    init,
    match,
    merge,
    new,
    preview,
    restore,
    schema,
)
from bot.cli.exits import Exit
from bot.cli.options import SettingsFile  # noqa: TC001  # typer reads annotations at run time
from bot.cli.wrong_use import WRONG_USE, told
from knowledge.errors import CannotRun, SafeToShow, SettingsFaults

if TYPE_CHECKING:
    from collections.abc import Sequence

# KeyboardInterrupt can be raised anywhere in what is being imported, where it may be swallowed or take another shape. A
# program that then goes on serving never ends, so the word that serves has Ctrl-C kill until it listens by itself.
_LISTENS_ITSELF = "discord"

app = typer.Typer(
    name="python -m bot",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain text reads well everywhere, aloud too
    context_settings={"help_option_names": ["--help", "-h"]},
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give the exit code. A failure is told in sentences on standard error."""
    try:
        code = app(list(arguments) if arguments is not None else None, standalone_mode=False)
    except WRONG_USE as wrong:
        return _tell(told(wrong), Exit.USAGE)
    except SettingsFaults as faults:
        return _tell(str(faults), Exit.USAGE)
    except CannotRun as refusal:
        return _tell(str(refusal), Exit.CANNOT_RUN)
    except SafeToShow as refusal:
        return _tell(str(refusal), Exit.FAULTS)
    except Exception as crash:  # noqa: BLE001  # whatever it was, people read one sentence
        return _ended_by(crash)
    return code if isinstance(code, int) else Exit.DONE


def _ended_by(crash: Exception) -> Exit:
    if _was_interrupted(crash):
        return Exit.INTERRUPTED
    from bot.cli.start import crash_told

    return _tell(crash_told(crash), Exit.CANNOT_RUN)


def _tell(message: str, code: Exit) -> Exit:
    sys.stderr.write(message + "\n")
    return code


def _was_interrupted(crash: BaseException) -> bool:
    """Tell whether Ctrl-C is behind a crash: Python wraps what is raised while a class is being made."""
    cause = crash.__cause__
    return cause is not None and (isinstance(cause, KeyboardInterrupt) or _was_interrupted(cause))


def _tell_version(asked: bool) -> None:  # noqa: FBT001  # typer's shape
    if asked:
        from importlib.metadata import version

        typer.echo(f"Second Opinion {version('second-opinion')}")
        raise typer.Exit(Exit.DONE)


@app.callback(invoke_without_command=True)
def begin(
    context: typer.Context,
    *,
    version: Annotated[  # noqa: ARG001  # its callback does it
        bool, typer.Option("--version", help="Show the version and exit.", callback=_tell_version, is_eager=True)
    ] = False,
    config: SettingsFile = None,
) -> None:
    """Second Opinion answers questions with what doctors wrote, word for word.

    Without a word it opens a chat in this terminal.
    """
    killed = signal.getsignal(signal.SIGINT) is signal.SIG_DFL  # as `__main__` leaves it
    if killed and context.invoked_subcommand != _LISTENS_ITSELF:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if context.invoked_subcommand is None:
        chat.chat(config)


# The words, in the order in which `--help` lists them, each with its line there.
app.command("ask", short_help="Answer one question.")(ask.ask)
app.command("match", short_help="Tell what becomes of many texts, for measuring.")(match.match)
app.command("import", short_help="Read pages and other programs' files into a knowledge file.")(
    import_pages.import_pages
)
app.command("export", short_help="Write the book, or what a server sees, out to files.")(export.export)
app.command("merge", short_help="Put what a server's moderators wrote into the knowledge file.")(merge.merge)
app.command("check", short_help="Tell every fault of settings, knowledge and rules.")(check.check)
app.command("new", short_help="Append a commented entry for a question to a knowledge file.")(new.new)
app.command("schema", short_help="Print the shape of a knowledge file for editors, as JSON Schema.")(schema.schema)
app.command("history", short_help="Tell every wording that an entry ever had.")(history.history)
app.command("accept", short_help="Serve knowledge files that are held because entries are missing.")(accept.accept)
app.command("init", short_help="Write the files that a server of your own starts with.")(init.init)
app.command("discord", short_help="Run on Discord.")(discord.discord)
app.command("backup", short_help="Make a verified backup of all that is kept.")(backup.backup)
app.command("restore", short_help="Bring a backup to a fresh place.")(restore.restore)
app.command("doctor", short_help="Tell whether everything is as the bot needs it.")(doctor.doctor)
app.command("health", short_help="Ask the serving bot on this machine how it stands.")(health.health)
app.command("preview", short_help="Try the Discord bot in a browser, without an account.")(preview.preview)
