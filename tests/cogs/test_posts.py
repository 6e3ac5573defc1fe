"""A forum's posts: their title is what is asked as much as the text below it."""

import pytest
from simcord.enums import ChannelType

from knowledge.safety.notice import NOTICE
from tests.cogs.book import SEED, SEED_ASKED
from tests.cogs.showing import shown


@pytest.fixture
def post(server, watched):
    """Have ann post something in a watched forum; give the message that answers it, None for none."""
    forum = server.guild.create_forum_channel("ask-a-doctor")
    watched.add(forum.id)

    async def posted(title, text):
        backend = server.env.backend
        thread = backend.create_thread(forum.id, title, server.ann.id, type=ChannelType.PUBLIC_THREAD)
        first = backend.prepare_message(thread.id, server.ann.id, text)
        first.id = thread.id  # as Discord has it
        backend.commit_message(first)
        await server.env.settle()
        last = forum.threads[-1].last_message
        return last if last.author.id == server.env.bot.user.id else None

    return posted


async def test_a_question_in_the_title_is_answered(post):
    reply = await post(SEED_ASKED, "For three weeks now.")
    assert SEED.title in "\n".join(shown(reply))
    assert shown(reply)[-1] == NOTICE


async def test_a_cry_for_help_in_the_title_alarms(post):
    reply = await post("My dad is not breathing", "please help")
    assert "911" in shown(reply)[0]


async def test_a_title_that_asks_nothing_does_no_harm(post):
    assert await post("Introductions", "Hello everybody, I am new here.") is None
    reply = await post("Botox", SEED_ASKED)
    assert SEED.title in "\n".join(shown(reply))
