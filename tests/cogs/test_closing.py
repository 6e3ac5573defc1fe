"""What moderators are shown beside replies ends as a reply does, and shows stored words as plain text."""

from __future__ import annotations

import pytest

from cogs._rendering import desk_layout, limits, queue_layout
from cogs._rendering.desk_layout import Passage
from knowledge.curation.waiting import Ended, Ending
from knowledge.model import Answer, Question
from knowledge.safety.notice import NOTICE, closing_notice

OWN = "Ask about **our** clinic."
WITH_OWN = closing_notice(OWN)


@pytest.mark.parametrize(
    "drawn",
    [
        desk_layout.refusal("Not saved.", WITH_OWN),
        desk_layout.refusal("*" * 9_000, WITH_OWN),
        desk_layout.told("**Done.**", [Passage("Entry: x")], WITH_OWN).layout,
        desk_layout.told("**Done.**", [Passage("Entry: x", "word " * 9_000)], WITH_OWN).layout,
    ],
)
def test_the_operators_text_stands_above_the_notice(drawn):
    assert drawn.blocks[-1] == ("Ask about \\*\\*our\\*\\* clinic.", NOTICE)
    assert drawn.size <= limits.TEXT_WE_USE


def test_a_file_ends_as_its_message_does():
    told = desk_layout.told("**Done.**", [Passage("Entry: x", "word " * 9_000)], WITH_OWN)
    assert told.file.endswith(f"\n\n{OWN}\n\n{NOTICE}\n")


def test_the_title_of_what_answered_a_question_is_shown_as_plain_text():
    shown = {"x": Question("x", "Is ||this|| `safe`?", (Answer("Yes."),))}
    told = queue_layout.how_it_ended(Ended(Ending.ANSWERED, "1", "x"), shown)
    assert told == 'It was answered by <@1>: "Is \\|\\|this\\|\\| \\`safe\\`?".'
