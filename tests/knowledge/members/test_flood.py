"""A flood of questions to the moderators: the same is one question, and there is room for so much and no more."""

import asyncio
import random
from string import ascii_lowercase

import pytest

from knowledge.curation.refusals import Refused
from knowledge.curation.waiting import MOST_OF_A_MEMBER, MOST_OF_A_SERVER, MemberQuestion, Route
from knowledge.records import queue
from tests.knowledge.moderation.doing import NOW

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

ASKED = "why do mosquito bites itch?"


def unlike(number):
    """Give a question that no other one of these is like."""
    letters = random.Random(number)
    first, second = ("".join(letters.choices(ascii_lowercase, k=9)) for _ in range(2))
    return f"what has {first} to do with {second}?"


async def test_a_flood_of_the_same_is_one_question_and_of_others_is_bounded(house, members, held):
    async def flood(asked):
        """Ask all at once; give how many were refused."""
        asking = [
            members.passing_on.ask(f"{member}:{said}", "1", held(said, member), Route.CHANNEL) for member, said in asked
        ]
        came = await asyncio.gather(*asking, return_exceptions=True)
        assert not [one for one in came if isinstance(one, Exception) and not isinstance(one, Refused)]
        return sum(isinstance(one, Refused) for one in came)

    async def askings():
        return [one for question in await queue.waiting(house.database, "1") for one in question.askings]

    assert await flood((f"m{number}", ASKED) for number in range(40)) == 0
    (question,) = await queue.waiting(house.database, "1")
    assert len({asking.member_id for asking in question.askings}) == len(question.askings) == 40

    assert await flood(("flooder", unlike(number)) for number in range(3 * MOST_OF_A_MEMBER)) > 0
    assert sum(one.member_id == "flooder" for one in await askings()) == MOST_OF_A_MEMBER

    room = 5
    begun = MOST_OF_A_SERVER - room - len(await askings())

    async def fill(change):
        for number in range(begun):
            one = MemberQuestion("1", f"n{number}", "c1", "m1", ASKED, Route.CHANNEL, NOW.replace(year=2030))
            await queue.keep(change, one, question.id, NOW)

    await house.database.write(fill)
    others = [(f"o{number}", ASKED if number % 2 else unlike(1_000 + number)) for number in range(20)]
    assert await flood(others) == len(others) - room
    assert len(await askings()) == MOST_OF_A_SERVER
