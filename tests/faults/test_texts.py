"""Any text, however hostile, is screened, gated, matched and answered in time; no pattern of ours can be held up."""

from __future__ import annotations

import ast
import random
import re
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.content.book import read_book_text
from knowledge.errors import KnowledgeFaults
from knowledge.model import Place
from knowledge.text import READ_CHARACTERS, fold, showable
from tests.cogs.hostile import MARKUP
from tests.faults.counting import Counts
from tests.scale import scaled, seconds

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

ROOT = Path(__file__).parents[2]
LONGEST = 4_000
PLACES = (Place(addressed=True), Place(addressed=False))
INVISIBLE = ("\u202e", "\u200b", "\u2066", "\u200d", "\ud800", "\x00", "\u2028", "\u3164")
LONG = ("e\u0301" * 40, "a" * 300, "漢字" * 200, "ﷺ" * 60, "? " * 50, "1" * 400, "-" * 200, "|" * 90)
WORDS = (
    "5 mg ",
    "no ",
    "not ",
    "can't breathe ",
    "botox ",
    "my cheek ",
    "? ",
    "can botox stop my cheek from twitching ",
)
PIECES = (MARKUP, INVISIBLE, LONG, WORDS, WORDS)


def hostile(chance: random.Random) -> str:
    """Give a text of any length, made of words, markup, invisible characters, repetitions and any character."""
    made = [chance.choice(chance.choice(PIECES)) for _ in range(chance.choice((1, 3, 20, 200)))]
    made.insert(chance.randrange(len(made) + 1), chr(chance.randrange(0x110000)))
    return ("".join(made) * chance.choice((1, 1, 1, 40)))[:LONGEST]


def test_any_text_is_answered_in_time(desk, record_property):
    """No exception, and not even the slowest holds the loop for as long as a member would notice."""
    chance, took = random.Random(9), []
    count = 100_000 if scaled(10) == 10 else 2_000
    for _ in range(count):
        text = hostile(chance)
        for place in PLACES:
            began = time.thread_time()
            desk.respond(text, place)
            took.append(time.thread_time() - began)
    took.sort()
    Counts(record_property).tell(count)
    assert took[int(len(took) * 0.99)] < seconds(0.075), took[-5:]
    assert took[-1] < seconds(1), took[-5:]


@settings(max_examples=scaled(20_000), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=2_000))
def test_any_text_is_folded_and_shown(text):
    assert fold(fold(text)) == fold(text) or fold(text)
    shown = showable(text)
    shown.encode("utf-8")
    assert showable(shown) == shown


LINES = (
    *("[[question]]\n", 'title = "a"\n', "[[question.answers]]\n", 'body = """', '"""\n', "x = 1\n"),
    *("id = [", "{", "\x00", "# "),
)


@settings(max_examples=scaled(10_000), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=3_000) | st.lists(st.sampled_from(LINES), max_size=60).map("".join))
def test_any_knowledge_file_is_read_or_its_faults_are_told(text):
    for name in ("book.toml", "book.jsonl"):
        with suppress(KnowledgeFaults):
            read_book_text(name, text)


ANCHORED = {"match", "fullmatch"}


@dataclass(frozen=True)
class Pattern:
    """A regular expression that our code writes out; `anywhere` is whether it is tried at every place of a text."""

    where: str
    compiled: re.Pattern[str]
    anywhere: bool


def patterns() -> list[Pattern]:
    """Give every regular expression of ours, with how it is used."""
    found = []
    for package in ("bot", "cogs", "knowledge"):
        for path in (ROOT / package).rglob("*.py"):
            tree = ast.parse(path.read_text("utf-8"))
            uses = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
            named = {id(node.value): node.targets[0] for node in ast.walk(tree) if isinstance(node, ast.Assign)}
            for node in ast.walk(tree):
                if not (isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.") and node.args):
                    continue
                if not (isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)):
                    continue
                name = ast.unparse(named[id(node)]) if id(node) in named else ""
                ways = {use.attr for use in uses if ast.unparse(use.value) == name} or {ast.unparse(node.func)[3:]}
                flags = re.VERBOSE if "VERBOSE" in ast.unparse(node) else 0
                compiled = re.compile(node.args[0].value, flags)
                found.append(Pattern(f"{path.relative_to(ROOT)}:{node.lineno}", compiled, not ways <= ANCHORED))
    return found


REPEATED = ("a", " ", "\n", "0", "-", '"', "\\", "<", "`", "a ", "a.", "a@", "0,", "<@", "[[", "# ", "x=", "é")
ATTACKS = [piece * (LONGEST // len(piece)) + "!" for piece in REPEATED]


def test_no_pattern_is_held_up(record_property):
    """Every pattern of ours on a text as long as ever reaches it, that repeats what makes patterns slow."""
    slow = []
    for pattern in patterns():
        # Matching reads no more of a text than its limit.
        longest = READ_CHARACTERS if pattern.where.startswith("knowledge/matching") else LONGEST
        for attack in ATTACKS:
            text = attack[:longest]
            took = min(timed(pattern, text) for _ in range(2))
            # What reads knowledge files and pages does so in a thread, or in a process of its own.
            if took > seconds(0.5 if pattern.where.startswith("knowledge/content") else 0.03):
                slow.append(f"{pattern.where}: {took:.3f} s for {attack[:4]!r}")
    Counts(record_property).tell(len(patterns()) * len(ATTACKS))
    assert not slow


def timed(pattern: Pattern, text: str) -> float:
    began = time.thread_time()
    pattern.compiled.match(text)
    pattern.compiled.fullmatch(text)
    if pattern.anywhere:
        pattern.compiled.search(text)
    return time.thread_time() - began
