from knowledge.safety.notice import NOTICE
from tests.cogs.showing import shown

ASKED = "my left cheek keeps twitching every minute, would botox help?"


async def test_a_mention_is_answered_with_every_expert_and_the_notice_last(simcord_env):
    env = simcord_env
    channel = env.create_guild().create_text_channel("questions")
    ann = channel.guild.add_member(env.create_user("ann"))
    asked = await ann.send(channel, f"<@{env.bot.user.id}> {ASKED}")
    reply = channel.last_message
    assert reply.reference.message_id == asked.id
    assert shown(reply)[-1] == NOTICE
