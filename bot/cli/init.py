"""`init`: a settings file and an empty knowledge file to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

_SETTINGS = """\
# The settings of this bot. Paths are relative to this file. Every setting, with its default, stands in
# config.example.toml; what is not written here keeps its default.
# A token is no setting: put it into the environment variable DISCORD_TOKEN, or into a file named by DISCORD_TOKEN_FILE.

[knowledge]
# Your answers: a file or a folder of files, or a list of them.
path = "answers.toml"

[answers]
# A text of yours above the notice, on every message with an answer. The notice itself always stays.
notice_addition = ""

[emergency]
# Two-letter codes of the countries whose emergency numbers stand beside the US ones, such as ["GB", "IE"].
country = []

[storage]
# The folder for everything that is kept. Back it up.
path = "data"
"""

_KNOWLEDGE = '''\
#:schema ./answers.schema.json
# The knowledge file: questions, and what experts answered to them, word for word.
#
# Doctor-answers pages are added by        python -m bot import PAGE.txt --into answers.toml
# Check the file after every change with   python -m bot check
#
# To write an entry by hand, copy the lines below that begin with # and no blank, and take the # away. Only the title
# and a body are needed: leave out what you do not know. Texts of several lines stand between """ and """.

#[[question]]
# Made once and kept when the title is mended: a-z, 0-9 and -, 48 characters at most.
#id = "stitches-and-showers"
# The question as it was asked, and what the asker told of the circumstances.
#title = "When may I shower with stitches in my arm?"
#details = "They were put in this morning."
# Other ways to ask the same.
#phrasings = ["can I get my stitches wet"]
#topics = ["stitches"]
# What must find this entry; `check` tries it.
#examples = ["is it ok to shower with stitches"]

#[[question.answers]]
# The answer in a few words, then the answer.
#headline = "Keep them dry for a day"
#body = """
#The expert's words, unchanged.
#
#A second paragraph.
#"""
# Who wrote it. A rating is what patients gave the doctor, as of a day.
#name = "Jane Doe, MD"
#credentials = "Springfield Family Physician"
#rating = 4.9
#reviews = 32
#as_of = 2026-01-31

# What must find nothing, because no entry answers it; `check` tries it too.
#[[nothing]]
#text = "how much does a visit cost"
'''

_FILES = {"config.toml": _SETTINGS, "answers.toml": _KNOWLEDGE}


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Where the files go; made if it is not there.")
    ] = Path(),
) -> None:
    """Write a settings file and an empty knowledge file for a server of your own. Nothing is overwritten."""
    from bot.config import SHIPPED_BOOK
    from knowledge.errors import SafeToShow

    _refuse_package(folder)
    # Editors complete and check the knowledge file with it.
    schema = SHIPPED_BOOK.with_suffix(".schema.json").read_text("utf-8")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in (_FILES | {"answers.schema.json": schema}).items():
            typer.echo(_write(folder / name, text))
    except OSError as error:
        told = f"{error.filename}: the file or folder cannot be made ({error.strerror}); name another folder"
        raise SafeToShow(told) from error
    typer.echo(
        f"Next: put answers into {folder / 'answers.toml'}, then python -m bot check --config {folder / 'config.toml'}"
    )


def _write(path: Path, text: str) -> str:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        return f"{path} is there already and stays as it is."
    return f"{path} was made."


def _refuse_package(folder: Path) -> None:
    """Keep owners' files out of the program's own folders, which an update replaces."""
    import bot
    from knowledge.errors import SafeToShow

    program = Path(str(bot.__file__)).parents[1]
    place = folder.resolve()
    if place == program and (program / "pyproject.toml").exists():
        raise SafeToShow(
            f"{folder}: this is the program's own folder, and all that is started in it would use the empty knowledge "
            "file from then on. Name a folder of yours, as in python -m bot init my-bot"
        )
    if any(place.is_relative_to(program / package) for package in ("bot", "cogs", "knowledge")):
        raise SafeToShow(f"{folder}: this folder belongs to the program, and an update replaces it; name another")
