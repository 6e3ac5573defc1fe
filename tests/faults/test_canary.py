"""Neither the token nor anybody's words reach the log, at the loudest setting, over a whole round of what people do."""

from __future__ import annotations

import signal

import pytest

from tests.cogs.book import HEART, SEED_ASKED, SEVERAL_ASKED
from tests.faults.counting import Counts
from tests.wire.conftest import TOKEN
from tests.wire.test_process_kills import proposal

pytestmark = pytest.mark.slow
CANARY = "zanzibarian marmalade elbow"


async def test_neither_token_nor_words_are_logged_at_the_loudest(clinic, record_property):
    """The bot as a process with `level = "debug"`, through faults of every kind."""
    fake, counts = clinic.fake, Counts(record_property)
    clinic.log_level = "debug"
    program = await clinic.ready(samples=True)
    fake.faults.rate_limit("POST", "/callback$", 0.2, times=1)
    fake.faults.fail("POST", "/messages$", 502, after=True, body=f"<html>{CANARY}")
    for text in (SEED_ASKED, HEART, SEVERAL_ASKED, "what is the capital of"):
        asked = await clinic.ann.mention(clinic.channel, f"{text} {CANARY}")
        await fake.reply_to(asked)
        await clinic.ann.edit(asked, f"<@{fake.world.application_id}> {CANARY}")
        await clinic.ann.delete(asked)
        await clinic.ann.shown(await clinic.ann.slash(clinic.channel, "ask", question=f"{text} {CANARY}"))
        await clinic.ann.autocomplete(clinic.channel, "ask", "question", question=CANARY)
    await proposal(clinic, 2)
    await fake.gateway.emit("MESSAGE_CREATE", {"id": "1", "content": CANARY})
    await fake.gateway.drop(1006)
    await fake.until(lambda: fake.gateway.live)
    fake.acknowledge_within = 0.0
    await clinic.ann.slash(clinic.channel, "ask", question=CANARY)
    await fake.until(lambda: fake.refusals)
    program.signal(signal.SIGTERM)
    assert await program.ended() == 0
    tokens = [interaction.token for interaction in fake.interactions.values()]
    told = [TOKEN, *tokens, *CANARY.split(), "nobody else's"]
    hits = [secret for secret in told if secret in program.output]
    assert "INFO" in program.output
    counts.tell(len(told), lost=len(hits))
    assert not hits
