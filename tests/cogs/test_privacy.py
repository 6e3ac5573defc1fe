"""What members write is written down nowhere."""

import logging

import pytest

from tests.cogs.book import HEART, LONG_ASKED, SEED_ASKED, SEVERAL_ASKED

OURS = ("bot", "cogs", "knowledge")


async def everything(server, text):
    """Ask on every way, press what there is, mend it, delete it."""
    asked = await server.ask(text)
    for label in ("Answer 2", "1", "Numbers for my country"):
        if server.reply is not None and f"'label': '{label}'" in str(
            [part.to_dict() for part in server.reply.components]
        ):
            await server.bea.click(server.reply, label=label)
    await server.ann.edit(asked, f"{server.env.bot.user.mention} {text} indeed")
    await server.ann.delete(asked)
    await server.ann.slash(server.channel, "ask", question=text)
    await server.ann.autocomplete(server.channel, "ask", "question", text)
    said = await server.ann.send(server.channel, text)
    await server.bea.context_menu(server.channel, "Find an answer", said)


@pytest.mark.parametrize("text", [LONG_ASKED, SEVERAL_ASKED, HEART])
async def test_no_word_of_a_member_is_logged(server, watched, caplog, text):
    caplog.set_level(logging.DEBUG)
    watched.add(server.channel.id)
    await everything(server, text)
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name.split(".")[0] in OURS)
    assert not any(" ".join(pair) in logged for pair in zip(text.split(), text.split()[1:], strict=False))


async def test_nor_when_everything_fails(server, watched, desk, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    watched.add(server.channel.id)

    def fail(*words, **_):
        raise ValueError(*words)

    with monkeypatch.context() as broken:
        for name in ("respond", "behind_alarm", "suggest"):
            broken.setattr(desk, name, fail)
        await everything(server, SEED_ASKED)
        await everything(server, HEART)
    logged = "\n".join(record.getMessage() for record in caplog.records if record.name.split(".")[0] in OURS)
    assert "Incident" in logged
    assert "cheek" not in logged
    assert "chest" not in logged
