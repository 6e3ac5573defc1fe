"""Failures: what is said, and when nothing is."""

from types import SimpleNamespace

import discord
import pytest
from discord import app_commands

from cogs.errors import _sentence
from knowledge.errors import CannotRun
from knowledge.presentation import sentences
from tests.cogs.book import LONG_ASKED, SEED_ASKED
from tests.cogs.showing import shown_privately


def refusal(status, code):
    return discord.HTTPException(SimpleNamespace(status=status, reason="refused"), {"code": code, "message": "no"})


@pytest.mark.parametrize(
    ("status", "code"), [(404, 10062), (400, 40060), (401, 50027), (403, 50013), (404, 10008), (429, 30046)]
)
def test_nobody_is_told_what_nobody_can_mend(status, code):
    assert _sentence(refusal(status, code)) is None


def test_a_fault_of_ours_gets_an_incident_and_none_of_its_words():
    told = _sentence(refusal(400, 50035))
    assert told.startswith("Something went wrong on our side.")
    assert "pills" not in _sentence(ValueError("i took thirty pills"))


def test_our_own_sentences_are_passed_on():
    assert _sentence(CannotRun("The book is closed.")) == "The book is closed."


def test_a_command_of_an_earlier_version_is_told():
    assert _sentence(app_commands.CommandNotFound("ask", [])) == sentences.COMMAND_CHANGED


async def test_an_interaction_that_came_too_late_does_no_harm(server):
    server.env.inject_error("POST", "/interactions/*/*/callback", status=404, code=10062)
    await server.ann.slash(server.channel, "ask", question=SEED_ASKED)
    answered = await server.ann.slash(server.channel, "ask", question=SEED_ASKED)
    assert answered.ephemeral


async def test_a_press_that_came_too_late_does_no_harm(server):
    answered = await server.ann.slash(server.channel, "ask", question=LONG_ASKED)
    server.env.inject_error("POST", "/interactions/*/*/callback", status=404, code=10062)
    await server.ann.click(answered.response, label="Answer 2")
    turned = await server.ann.click(answered.response, label="Answer 3")
    assert "Paragraph 0 of doctor 3" in "".join(shown_privately(turned))
