"""The house: who may import whom, who may make a notice, and how large a room may be."""

from __future__ import annotations

import ast
import re
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parents[1]
SOURCES = sorted(path for package in ("knowledge", "bot", "cogs") for path in (ROOT / package).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
BENCHMARKS = sorted((ROOT / "benchmarks").rglob("*.py"))

CHAT_LIBRARIES = {"discord", "simcord", "slack_sdk", "slack_bolt", "aiohttp"}
CHAT_CLIENTS = ("bot.discord", "bot.health.server", "bot.preview")
FUZZY_AT_HOME = ("knowledge.matching", "knowledge.safety.emergency")
# Pure: the same arguments give the same value, wherever and whenever.
PURE = {
    "knowledge.model",
    "knowledge.text",
    "knowledge.respond",
    "knowledge.presentation.byline",
    "knowledge.presentation.sentences",
}
OUTSIDE = {"asyncio", "datetime.datetime", "io", "logging", "os", "pathlib", "random", "secrets", "sys", "time"}
# The aims are 250, 400 and 40; a few lines over are better than a cut in the wrong place.
FILE_LINES, FILE_LINES_OF_TESTS, FUNCTION_LINES = 280, 420, 48
SQL = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE|PRAGMA|CREATE|DROP|WITH|BEGIN|VACUUM)\s")
NOTICE_HOLDERS = {"Notice", "AnswerReply", "ChoicesReply"}


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def called(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Give what is called, as it is written."""
    return (ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call))


def imports(path: Path) -> Iterator[str]:
    """Give the dotted name of everything that a file imports, at the top or inside a function."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}:{node.lineno}: write the whole name of what is imported"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def forbidden(importer: str, imported: str) -> bool:
    """Tell whether a module breaks a rule of the house by importing `imported`."""
    ours = within(imported, "knowledge", "bot", "cogs")
    rules = (
        within(importer, "knowledge") and within(imported, "bot", "cogs", *CHAT_LIBRARIES),
        within(imported, "aiosqlite") and importer != "knowledge.records.connection",
        within(imported, "sqlite3") and not within(importer, "knowledge.records"),
        within(imported, "rapidfuzz") and not within(importer, *FUZZY_AT_HOME),
        within(importer, "knowledge.errors") and ours,
        within(importer, "knowledge.model") and ours and not within(imported, "knowledge.model"),
        within(importer, "bot") and not within(importer, *CHAT_CLIENTS) and within(imported, *CHAT_LIBRARIES, "cogs"),
        within(importer, *PURE) and within(imported, *OUTSIDE),
        within(importer, "cogs") and within(imported, "bot"),
        within(importer, "cogs") and _a_cog(imported) and not within(imported, importer),
    )
    return any(rules)


def _a_cog(name: str) -> bool:
    parts = name.split(".")
    return parts[0] == "cogs" and len(parts) > 1 and not parts[1].startswith("_")


def test_imports_keep_the_rules_of_the_house():
    broken = [
        f"{module(path)} imports {name}" for path in SOURCES for name in imports(path) if forbidden(module(path), name)
    ]
    assert broken == []


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("knowledge.desk", "bot.config"),
        ("knowledge.content.book", "discord.ui"),
        ("knowledge.records.entries", "aiosqlite"),
        ("knowledge.respond", "rapidfuzz.fuzz"),
        ("knowledge.respond", "time.monotonic"),
        ("knowledge.text", "pathlib.Path"),
        ("knowledge.errors", "knowledge.model.Question"),
        ("knowledge.model.said", "knowledge.errors.Fault"),
        ("bot.terminal.chat", "discord"),
        ("bot.cli.chat", "cogs.ask"),
        ("cogs.ask", "bot.app"),
        ("cogs.ask", "cogs.browse.Browse"),
        ("cogs._rendering.view", "cogs.browse.Browse"),
    ],
)
def test_the_rules_forbid_what_they_are_for(importer, imported):
    assert forbidden(importer, imported)


def test_only_the_notice_module_builds_what_carries_a_notice():
    built = [
        f"{module(path)} calls {name}"
        for path in SOURCES
        for name in called(ast.walk(tree(path)))
        if name.split(".")[-1] in NOTICE_HOLDERS and module(path) != "knowledge.safety.notice"
    ]
    assert built == []


def test_sql_stands_in_the_records_alone():
    elsewhere = [
        f"{module(path)}:{node.lineno}: {node.value[:40]}"
        for path in SOURCES
        if not within(module(path), "knowledge.records")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value)
    ]
    assert elsewhere == []


def test_nothing_is_opened_or_started_at_import():
    """Module level may define and compute; it may not read files, the environment or the clock, or start anything."""
    touching = [
        f"{module(path)} calls {name}"
        for path in SOURCES
        for statement in tree(path).body
        for name in called(_run_at_import(statement))
        if name.split(".")[-1] in {"open", "read_text", "read_bytes", "getenv", "now", "time", "run", "connect"}
    ]
    assert touching == []


def _run_at_import(statement: ast.stmt) -> Iterator[ast.AST]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        return
    if isinstance(statement, ast.ClassDef):
        for inner in statement.body:
            yield from _run_at_import(inner)
        return
    if isinstance(statement, ast.If) and ast.unparse(statement.test) == "__name__ == '__main__'":
        return
    yield from ast.walk(statement)


def test_files_and_functions_stay_small():
    too_long = [
        f"{module(path)}: {lines} lines"
        for path in (*SOURCES, *TESTS, *BENCHMARKS)
        if (lines := path.read_text("utf-8").count("\n")) > (FILE_LINES_OF_TESTS if path in TESTS else FILE_LINES)
    ]
    too_long += [
        f"{module(path)}.{node.name}: {lines} lines"
        for path in (*SOURCES, *TESTS, *BENCHMARKS)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES
    ]
    assert too_long == []


def test_every_folder_is_a_package():
    assert [str(path.parent) for path in (*SOURCES, *TESTS) if not (path.parent / "__init__.py").exists()] == []


def test_no_files_import_each_other_in_a_circle():
    """Imports for types count too: who needs a circle for its types holds two halves of one thing."""
    names = {module(path): path for path in SOURCES}
    needs = {name: {_file(imported, names) for imported in imports(path)} - {name, ""} for name, path in names.items()}
    TopologicalSorter(needs).prepare()  # raises what names the circle


@pytest.mark.parametrize("root", ["knowledge", "bot", "cogs"])
def test_no_packages_import_each_other_in_a_circle(root):
    inner = [path for path in SOURCES if module(path).startswith(f"{root}.") and path.parent != ROOT / root]
    needs: dict[str, set[str]] = {module(path).split(".")[1]: set() for path in inner}
    for path in inner:
        needs[module(path).split(".")[1]] |= {
            name.split(".")[1] for name in imports(path) if name.startswith(f"{root}.")
        }
    TopologicalSorter({name: (used & needs.keys()) - {name} for name, used in needs.items()}).prepare()


def test_the_cogs_are_what_people_do_and_lie_in_no_package():
    """`ls cogs` reads as what a person can do on Discord; what that needs lies in private packages."""
    files = [path.stem for path in (ROOT / "cogs").glob("*.py")]
    folders = [path.parent.name for path in (ROOT / "cogs").glob("*/__init__.py")]
    assert [name for name in files if name.startswith("_")] == ["__init__"]
    assert [name for name in folders if not name.startswith("_")] == []


def _file(imported: str, names: Iterable[str]) -> str:
    """Give the module of ours that holds what is imported; "" is none."""
    return next((name for name in (imported, imported.rpartition(".")[0]) if name in names), "")
