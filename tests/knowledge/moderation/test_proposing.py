"""What a moderator is told before saving."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.curation import proposals
from knowledge.curation.concerns import ConcernKind
from knowledge.curation.examples import BreaksExamples, Example
from knowledge.curation.review import Risk
from knowledge.curation.settings import ReviewMode
from knowledge.model import Answer, Layer, Question, Source
from knowledge.moderation import example_checks
from knowledge.moderation.checks import newly_broken
from tests.knowledge.moderation.doing import (
    ANN,
    ASKED,
    HISTAMINE,
    ITCH,
    MAX,
    add,
    set_review,
    version,
)


async def test_a_second_wording_of_a_live_question_is_pointed_out_with_the_matchers_confidence(house):
    proposal = house.moderators.propose.new(ANN, "Why does my cheek keep twitching?", [HISTAMINE])
    assessed = await house.moderators.propose.assess(ANN, proposal)
    concern = next(one for one in assessed.concerns if one.kind is ConcernKind.NEAR_DUPLICATE)
    assert concern.other.id == "twitch"
    asked = house.desk.respond("Why does my cheek keep twitching?", ASKED).ranking.matches[0]
    assert concern.confidence == asked.confidence


async def test_a_waiting_draft_counts_as_a_duplicate_too(house):
    await set_review(house, ReviewMode.ALL)
    await add(house)
    proposal = house.moderators.propose.new(MAX, "Why does a mosquito bite itch?", [HISTAMINE])
    assessed = await house.moderators.propose.assess(MAX, proposal)
    assert "which waits for review" in next(
        one.message for one in assessed.concerns if one.kind is ConcernKind.NEAR_DUPLICATE
    )
    assert assessed.waits


async def test_a_phrasing_that_takes_another_questions_askers_is_pointed_out(house):
    seen = house.moderators.look.entry(ANN, "hiccups")
    changed = proposals.with_phrasing(seen.newest, "why does my left cheek twitch")
    assessed = await house.moderators.propose.assess(ANN, house.moderators.propose.change(ANN, seen, changed))
    taken = [one for one in assessed.concerns if one.kind is ConcernKind.TAKES_OVER]
    assert taken[0].other.id == "twitch"
    assert [one.part for one in assessed.differences] == ["Phrasings"]


@pytest.mark.parametrize(
    ("wording", "told"),
    [
        ("Itching?", "says too little to be answered by itself"),
        ("My throat is closing up and I cannot breathe, what is it?", "reads like an emergency"),
    ],
)
async def test_a_wording_that_would_never_be_answered_is_pointed_out(house, wording, told):
    proposal = house.moderators.propose.new(ANN, ITCH, [HISTAMINE], phrasings=[wording])
    assessed = await house.moderators.propose.assess(ANN, proposal)
    (concern,) = [one for one in assessed.concerns if one.kind is ConcernKind.UNANSWERED]
    assert concern.message.startswith(f'"{wording}" {told}')
    await house.moderators.edit.save(ANN, "k1", proposal)
    seen = house.moderators.look.entry(ANN, proposal.question.id)
    changed = proposals.with_phrasing(seen.newest, "what makes mosquito bites itch so")
    again = await house.moderators.propose.assess(ANN, house.moderators.propose.change(ANN, seen, changed))
    assert ConcernKind.UNANSWERED not in {one.kind for one in again.concerns}


async def test_words_alone_raise_concerns(house):
    answer = Answer("Take hydroxyzine. Write to jo@example.org or call +1 555 010 0199, from 10 to 20 mg.")
    proposal = house.moderators.propose.new(ANN, "My nose itches since monday what now", [answer])
    assessed = await house.moderators.propose.assess(ANN, proposal, message="my nose itches since monday, what now??")
    assert [one.kind for one in assessed.concerns] == [
        ConcernKind.NO_EXPERT,
        ConcernKind.NO_CREDENTIALS,
        ConcernKind.PRIVATE_CONTACT,
        ConcernKind.LOOK_ALIKE_DRUG,
        ConcernKind.MEMBERS_WORDS,
    ]
    assert "an email address and a phone number. Leave it out" in assessed.concerns[2].message
    assert "hydralazine" in assessed.concerns[3].message
    await set_review(house, ReviewMode.RISKY)
    assert (await house.moderators.propose.assess(ANN, proposal)).risks == {Risk.DOSES, Risk.DRUGS}


async def test_the_preview_is_what_members_will_see(house):
    proposal = house.moderators.propose.new(ANN, ITCH, [HISTAMINE])
    assessed = await house.moderators.propose.assess(ANN, proposal)
    await house.moderators.edit.save(ANN, "k1", proposal)
    assert house.desk.show(proposal.question.id, server_id="1") == assessed.preview


async def test_a_save_that_breaks_an_example_is_held_back_with_what_breaks(house):
    await house.moderators.administer.add_example(ANN, "e1", Example("cheek twitching left side", "twitch"))
    seen = house.moderators.look.entry(ANN, "hiccups")
    changed = replace(
        seen.newest, title="Why is the left side of my cheek twitching?", phrasings=("cheek twitching left side",)
    )
    proposal = house.moderators.propose.change(ANN, seen, changed)
    with pytest.raises(BreaksExamples) as caught:
        await house.moderators.edit.save(ANN, "k1", proposal)
    assert "cheek twitching left side" in str(caught.value)
    assert (await house.moderators.propose.assess(ANN, proposal)).broken == caught.value.broken
    assert house.live("hiccups").title == "How do I stop hiccups?"
    await house.moderators.administer.remove_example(ANN, "e2", "cheek twitching left side")
    await house.moderators.edit.save(ANN, "k1", proposal)


async def test_what_became_an_example_since_is_not_broken_by_an_approval_or_a_restoration(house):
    """Neither the draft nor the old revision broke anything when it was saved."""
    await set_review(house, ReviewMode.ALL)
    seen = house.moderators.look.entry(ANN, "hiccups")
    taking = replace(
        seen.newest, title="Why is the left side of my cheek twitching?", phrasings=("cheek twitching left side",)
    )
    await house.moderators.edit.save(ANN, "k1", house.moderators.propose.change(ANN, seen, taking))
    await house.moderators.administer.add_example(ANN, "e1", Example("cheek twitching left side", "twitch"))
    with pytest.raises(BreaksExamples):
        await house.moderators.edit.approve(MAX, "k2", version(house, "hiccups"))
    await house.moderators.edit.reject(ANN, "k3", version(house, "hiccups"))
    with pytest.raises(BreaksExamples):
        await house.moderators.edit.restore(MAX, "k4", version(house, "hiccups"), 1)
    assert house.live("hiccups").title == "How do I stop hiccups?"


async def test_examples_are_looked_at_once_from_preview_to_save_while_nothing_changes(house, monkeypatch):
    looked = []

    async def look(*of):
        looked.append(of)
        return await newly_broken(*of)

    monkeypatch.setattr(example_checks, "newly_broken", look)
    proposal = house.moderators.propose.new(ANN, ITCH, [HISTAMINE])
    await house.moderators.propose.assess(ANN, proposal)
    await house.moderators.edit.save(ANN, "k1", proposal)
    assert len(looked) == 1

    seen = house.moderators.look.entry(ANN, "hiccups")
    proposal = house.moderators.propose.change(ANN, seen, replace(seen.newest, phrasings=("hiccups, what now?",)))
    await house.moderators.propose.assess(ANN, proposal)
    await house.moderators.administer.add_example(MAX, "e1", Example("cheek twitching left side", "twitch"))
    await house.moderators.edit.save(ANN, "k2", proposal)
    assert len(looked) == 3

    seen = house.moderators.look.entry(ANN, "hiccups")
    proposal = house.moderators.propose.change(ANN, seen, replace(seen.newest, phrasings=("hiccups since noon",)))
    await house.moderators.propose.assess(ANN, proposal)
    await house.moderators.follow(house.desk.snapshot, "another")
    await house.moderators.edit.save(ANN, "k3", proposal)
    assert len(looked) == 5


async def test_a_page_is_kept_whole_under_an_id_of_its_own(house):
    page = Question(
        "twitch",
        "Why do eyelids twitch?",
        (HISTAMINE, replace(HISTAMINE, body="Sleep more.")),
        details="Since May.",
        notice="For education only.",
        source=Source("page.txt", "0" * 64),
        topics=("eyelids",),
    )
    await house.moderators.edit.save(ANN, "k1", house.moderators.propose.of_page(ANN, page))
    assert house.live("why-do-eyelids-twitch") == replace(page, id="why-do-eyelids-twitch", layer=Layer.SERVER)
    assert house.live("twitch").title != page.title
