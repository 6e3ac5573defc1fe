"""A day's chatter in a watched channel, played over the wire: what becomes of each message is what `match` says."""

from __future__ import annotations

import json
import logging
from collections import Counter
from pathlib import Path

import pytest

from knowledge.content.book import read_book
from knowledge.presentation.sentences import NOTHING_FOUND
from tests.fakediscord import Person
from tests.fakediscord.mentions import texts
from tests.fakediscord.stored import plain
from tests.wire.program import Program

pytestmark = pytest.mark.slow

_log = logging.getLogger(__name__)

CHATTER = Path(__file__).parents[2].parent / "shared" / "chatter"
# Fewer than may wait in a channel at once.
AT_ONCE = 50
NOBODY_KNOWS = "what is the capital of France?"


async def matched(folder, stored, asked):
    """Give what `match --overheard` prints: for each text the entry that answers it, None for silence."""
    words = ("match", "--overheard", "--knowledge", str(stored), str(asked))
    program = await Program.start(*words, folder=folder)
    assert await program.ended() == 0, program.output
    told = map(json.loads, program.output.splitlines())
    return [one["candidates"][0]["id"] if one["outcome"] == "answer" else None for one in told]


async def played(clinic, lines):
    """Write the texts into the watched channel, each by another member, and give the messages."""
    said = []
    for begin in range(0, len(lines), AT_ONCE):
        for number, text in enumerate(lines[begin : begin + AT_ONCE], begin):
            said.append(await Person(clinic.fake, f"member-{number}", clinic.guild).say(clinic.watched, text))
        # A channel's messages are thought about one after the other: what is behind the last one says they are done.
        end = await clinic.ann.mention(clinic.watched, NOBODY_KNOWS)
        assert texts(await clinic.fake.reply_to(end))[0].startswith(NOTHING_FOUND)
    return said


def entry_shown(message, titles):
    """Give the id of the one entry whose question a reply shows."""
    said = plain(" ".join(texts(message)))
    (entry,) = (entry for entry, title in titles.items() if plain(title) in said)
    return entry


@pytest.mark.skipif(not CHATTER.exists(), reason=f"the shared data set {CHATTER} is not there")
async def test_chatter_over_the_wire_gets_what_match_says(clinic):
    stored, asked = CHATTER / "stored.jsonl", CHATTER / "asked.jsonl"
    lines = [json.loads(line) for line in asked.read_text("utf-8").splitlines()]
    expected = await matched(clinic.folder, stored, asked)
    questions = read_book([stored]).questions
    clinic.fake.inspection.know(questions)
    clinic.book = stored
    await clinic.ready(samples=True)
    said = await played(clinic, [line["text"] for line in lines])
    answered = sum(entry is not None for entry in expected)
    await clinic.fake.until(lambda: sum(len(clinic.fake.replies_to(one)) for one in said) >= answered)
    titles = {question.id: question.title for question in questions}
    shown = [[entry_shown(reply, titles) for reply in clinic.fake.replies_to(message)] for message in said]
    differing = [
        (line["kind"], entry, got)
        for line, entry, got in zip(lines, expected, shown, strict=True)
        if got != ([entry] if entry else [])
    ]
    wrong = Counter(line["kind"] for line, got in zip(lines, shown, strict=True) if got and got != [line["id"]])
    counts = (len(lines), sum(map(len, shown)), answered, len(differing), sum(wrong.values()))
    _log.warning("%d messages, %d replies, %d by match, %d differ; %d replies are wrong by the set's labels", *counts)
    assert not differing
