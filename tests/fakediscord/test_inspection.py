"""The inspection itself: each broken promise is seen, and nothing that keeps them all is blamed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import discord
import pytest
from discord import ui

from knowledge.model import Answer, Question
from knowledge.presentation.byline import INVENTED
from knowledge.presentation.sentences import NOTHING_FOUND
from knowledge.safety.notice import NOTICE, SHORT_NOTICE
from tests.fakediscord import Inspection

ROOT = Path(__file__).parents[2]
BODY = "What you are describing could be a *spasm* of the muscle, usually caused by a nerve near the brainstem."
NAMED = Answer(body=BODY, name="Ann O'Hara, MD", credentials="Oslo Surgeon")
UNNAMED = Answer(body="Rest the shoulder for a week and see whether the pain goes away.", credentials="Bergen Physio")
SAMPLE = Answer(body="Drink enough water before you travel, and more of it while you do.", name="Q", invented=True)
# What we say too is nobody's quotation.
CAREFUL = Answer(body="If it gets worse, in an emergency call 911 or your local emergency number.", name="Bo")
# Part of what somebody named wrote: showing it with that name is right, alone it is not.
SHARED = Answer(body=f"Quite rare. {NAMED.body[30:]} See a neurologist about that soon enough.", name="Cy")
QUESTION = Question("id", "Why does my left shoulder twitch?", (NAMED, UNNAMED, SAMPLE, CAREFUL, SHARED))


@pytest.fixture
def watching():
    watching = Inspection()
    watching.know([QUESTION])
    return watching


def layout(*texts, labels=(), **extra):
    rows = [{"type": 2, "style": 2, "label": label, "custom_id": str(n)} for n, label in enumerate(labels)]
    shown = [{"type": 10, "content": text} for text in texts]
    inside = [*shown, *([{"type": 1, "components": rows}] if rows else [])]
    container = {"type": 17, "components": inside}
    return {"components": [container], "flags": 1 << 15, "allowed_mentions": {"parse": []}, **extra}


GOOD = layout(f"> {BODY[:60]}", "Ann O'Hara, MD", f"**These answers**{NOTICE.removeprefix('These answers')}")


@pytest.mark.parametrize(
    "payload",
    [
        GOOD,
        layout(BODY.replace("*", r"\*"), "Ann O'Hara, MD", SHORT_NOTICE),
        layout(UNNAMED.body, "Bergen Physio", NOTICE),
        layout(f"{INVENTED}: Q", SAMPLE.body, NOTICE),
        layout(BODY[:30]),
        {"content": NOTHING_FOUND, "allowed_mentions": {"parse": []}},
        {"content": "Nothing stored here.", "allowed_mentions": {"parse": [], "replied_user": True}},
    ],
)
def test_what_keeps_the_promises_is_not_blamed(watching, payload):
    assert watching.faults(payload) == []


@pytest.mark.parametrize(
    ("payload", "blamed"),
    [
        (layout(BODY, "Ann O'Hara, MD"), "do not end with the notice"),
        (layout(BODY[30:72], "Ann O'Hara, MD"), "do not end with the notice"),
        (layout(BODY, "Ann O'Hara, MD", NOTICE, "And one thing more."), "do not end with the notice"),
        (layout(NOTICE, labels=[BODY[:60]]), "without"),
        (layout(QUESTION.title), "do not end with the notice"),
        (layout(BODY, NOTICE), 'without "Ann O\'Hara, MD"'),
        (layout(UNNAMED.body, NOTICE), "without 'Bergen Physio'"),
        (layout("Q", SAMPLE.body, NOTICE), "without 'Q'"),
        (layout(SHARED.body, "Ann O'Hara, MD", NOTICE), "without 'Cy'"),
        (layout(BODY, "Ann O'Hara, MD", f"-# {NOTICE}"), "belittled"),
        (layout(BODY, "Ann O'Hara, MD", f"||{NOTICE}"), "belittled"),
        (layout("Ann O'Hara, MD", f"```\n{BODY}\n\n{NOTICE}"), "belittled"),
        (GOOD | {"allowed_mentions": None}, "would ping"),
        (GOOD | {"allowed_mentions": {"parse": ["users"]}}, "would ping"),
        ({"content": "hello"}, "would ping"),
        (layout("x" * 4001), "4000 at most"),
        (layout("x", labels=["y" * 81]), "80 or fewer"),
        (layout(*"x" * 40), "40 at most"),
        ({"embeds": [{"description": BODY}], "allowed_mentions": {"parse": []}}, "embed"),
    ],
)
def test_each_broken_promise_is_named(watching, payload, blamed):
    faults = watching.faults(payload)
    assert any(blamed in fault for fault in faults), faults


@pytest.mark.parametrize(
    ("method", "path", "wrapped"),
    [
        ("POST", "/channels/1/messages", False),
        ("PATCH", "/channels/1/messages/2", False),
        ("POST", "/webhooks/1/token", False),
        ("PATCH", "/webhooks/1/token/messages/@original", False),
        ("POST", "/interactions/1/token/callback", True),
    ],
)
def test_every_way_of_sending_and_editing_is_looked_at(watching, method, path, wrapped):
    bad = layout(BODY)
    watching.look(method, path, {"type": 7, "data": bad} if wrapped else bad)
    assert len(watching.take()) == 2
    assert watching.seen == 1


def test_forms_are_held_to_their_limits_and_may_hold_stored_words(watching):
    field = {"type": 18, "label": "Body", "component": {"type": 4, "custom_id": "b", "style": 2, "value": BODY}}
    form = {"title": "Edit", "custom_id": "edit", "components": [field]}
    watching.look("POST", "/interactions/1/token/callback", {"type": 9, "data": form})
    assert not watching.take()
    watching.look("POST", "/interactions/1/token/callback", {"type": 9, "data": form | {"title": "x" * 46}})
    assert watching.take()


async def test_under_simcord_nothing_goes_unseen(inspection, simcord_env):
    """The suite's own fixture: a client that knows nothing of it sends stored words without notice and byline."""
    inspection.know([QUESTION])
    channel = simcord_env.create_guild().create_text_channel("questions")
    sent = simcord_env.bot.get_channel(channel.id)
    view = ui.LayoutView()
    view.add_item(ui.TextDisplay(BODY))
    message = await sent.send(view=view)
    await message.edit(view=view)
    faults = inspection.take()
    assert [fault.split(" ")[0] for fault in faults] == ["POST", "POST", "POST", "PATCH", "PATCH", "PATCH"]


@pytest.fixture
def simcord_bot():
    return discord.Client(intents=discord.Intents.default())


@pytest.mark.slow
def test_a_test_that_sent_a_bad_message_fails(tmp_path):
    """The suite's fixture, unasked for, in a run of its own."""
    sends = 'router.dispatch(None, "POST", "/channels/1/messages", json={"content": "@everyone"})'
    (tmp_path / "test_bad.py").write_text(
        "import contextlib\nfrom simcord.http import router\n\n\ndef test_bad():\n"
        f"    with contextlib.suppress(Exception):\n        {sends}\n"
    )
    run = [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "--rootdir", str(tmp_path), str(tmp_path)]
    told = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    assert re.search(r"1 passed, .*1 error", told.stdout)
    assert "would ping" in told.stdout
