"""What a moderator is told of an entry before saving it. Nothing here forbids anything."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING

from knowledge.curation.unanswered import why_unanswered
from knowledge.matching.outcome import choose
from knowledge.model import Outcome, Place
from knowledge.text import words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from knowledge.content.library import Snapshot
    from knowledge.model import Match, Policy, Question


class ConcernKind(StrEnum):
    """What a concern is about."""

    NEAR_DUPLICATE = "near-duplicate"
    TAKES_OVER = "takes-over"
    UNANSWERED = "unanswered"
    LOOK_ALIKE_DRUG = "look-alike-drug"
    NO_EXPERT = "no-expert"
    NO_CREDENTIALS = "no-credentials"
    PRIVATE_CONTACT = "private-contact"
    MEMBERS_WORDS = "members-words"


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing to look at before saving, as a finished sentence.

    `other` is the entry that it is about, where there is one, and `confidence` the matcher's own, 0 to 1, that both are
    the same question.
    """

    kind: ConcernKind
    message: str
    other: Question | None = None
    confidence: float | None = None


_MOST_DUPLICATES = 3
_ADDRESSED = Place(addressed=True)


def near_duplicates(nearby: Iterable[Match], policy: Policy, drafts: Collection[str]) -> Iterator[Concern]:
    """Give the entries that ask what a proposed one asks, likeliest first; `drafts` are the ids of those that wait.

    `nearby` are the likeliest entries for its wordings, live or waiting, without itself, likeliest first.
    """
    likely = (match for match in nearby if match.confidence >= policy.choices_at)
    for match in islice(likely, _MOST_DUPLICATES):
        state = ", which waits for review" if match.question.id in drafts else ""
        yield Concern(
            ConcernKind.NEAR_DUPLICATE,
            f'"{match.question.title}"{state} may be the same question ({match.confidence:.0%} sure).',
            match.question,
            match.confidence,
        )


def taken_over(
    proposed_id: str, neighbour: Question, wording: str, before: Snapshot, after: Snapshot
) -> Concern | None:
    """Tell where `wording` finds just its own entry, `neighbour`, before the proposed change, but not after it."""
    if not _finds_only(neighbour.id, proposed_id, wording, before):
        return None
    if _finds_only(neighbour.id, proposed_id, wording, after):
        return None
    return Concern(
        ConcernKind.TAKES_OVER,
        f'Who asks "{wording}" gets "{neighbour.title}" now. With this entry, both would claim it.',
        neighbour,
    )


def never_answered(wording: str, after: Snapshot) -> Concern | None:
    """Tell where nobody who asks just this wording would be answered by its entry after the proposed change."""
    reason = why_unanswered(after, wording)
    return Concern(ConcernKind.UNANSWERED, f'"{wording}" {reason}.') if reason else None


def _finds_only(own_id: str, proposed_id: str, text: str, shown: Snapshot) -> bool:
    """Whether a text is answered by its own entry, with the proposed one not even a choice."""
    ranking = shown.matcher.rank(text)
    outcome, _ = choose(ranking, shown.policy, _ADDRESSED)
    if outcome is not Outcome.ANSWER or ranking.matches[0].question.id != own_id:
        return False
    rivals = (match.confidence for match in ranking.matches if match.question.id == proposed_id)
    return all(confidence < shown.policy.choices_at for confidence in rivals)


# --- What the words alone tell ------------------------------------------------------------------

# How alike two names of drugs must be to be told apart with care: hydroxyzine and hydralazine are.
_LOOKS_ALIKE = 0.7
_MOST_LOOKING_ALIKE, _MOST_COMPARED = 2, 5
_SHORTEST_DRUG = 5
_PHONE = re.compile(r"(?<![\w.,/])\+?\(?(?:\d{1,4}(?:[ ./)(-]{1,2}\d{2,5}){1,5}|\d{9,15})(?![\w/%])")
_PHONE_DIGITS = range(7, 16)
_CONTACTS = (
    (re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"), "an email address"),
    (re.compile(r"\b\d{1,5} (?:[A-Z]\w{1,20} ){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Lane|Drive|Boulevard|Blvd)\b"),
     "a street address"),
    (re.compile(r"(?i)\b(?:whatsapp|telegram|skype|instagram|dm me|text me|call me|my (?:cell|mobile|number))\b"),
     "a private way to reach somebody"),
)  # fmt: skip


def in_its_words(question: Question, drug_names: Mapping[str, str], message: str = "") -> Iterator[Concern]:
    """Give every concern that the words alone raise. `message` is the member's that it is written for, or ""."""
    yield from missing_experts(question)
    yield from private_contacts(question)
    yield from look_alike_drugs(question, drug_names)
    yield from repeats_message(question, message)


def missing_experts(question: Question) -> Iterator[Concern]:
    """Tell which answers lack what makes them trusted: who wrote them, and with which credentials."""
    for number, answer in enumerate(question.answers, start=1):
        if not answer.name:
            yield Concern(ConcernKind.NO_EXPERT, f"Answer {number} does not name its expert. Members will see that.")
        if not answer.credentials:
            yield Concern(ConcernKind.NO_CREDENTIALS, f"Answer {number} does not tell its expert's credentials.")


def private_contacts(question: Question) -> Iterator[Concern]:
    """Tell which answers hold what reads like somebody's private contact data."""
    for number, answer in enumerate(question.answers, start=1):
        text = "\n".join((answer.headline, answer.body, answer.name or "", answer.credentials or ""))
        kinds = [kind for pattern, kind in _CONTACTS if pattern.search(text)]
        if any(len(re.sub(r"\D", "", found[0])) in _PHONE_DIGITS for found in _PHONE.finditer(text)):
            kinds.append("a phone number")
        if kinds:
            yield Concern(
                ConcernKind.PRIVATE_CONTACT,
                f"Answer {number} holds what reads like {' and '.join(kinds)}. "
                "Leave it out unless it is meant for everybody.",
            )


def look_alike_drugs(question: Question, drug_names: Mapping[str, str]) -> Iterator[Concern]:
    """Tell which drugs in the entry have a name much like another drug's.

    `drug_names` gives the generic that each name stands for: the names of one drug may look as alike as they will.
    """
    texts = (*question.wordings, question.details, *(f"{one.headline} {one.body}" for one in question.answers))
    named = {word for text in texts for word in words(text) if len(word) >= _SHORTEST_DRUG and word in drug_names}
    for name in sorted(named):
        alike = get_close_matches(name, drug_names, n=_MOST_COMPARED, cutoff=_LOOKS_ALIKE)
        others = [found for found in alike if drug_names[found] != drug_names[name]][:_MOST_LOOKING_ALIKE]
        if others:
            yield Concern(
                ConcernKind.LOOK_ALIKE_DRUG,
                f"This names {name}, which looks much like {' and '.join(others)}. Check that the right one is meant.",
            )


# A title that repeats a member's message would show everybody how that member put it.
_SAME_WORDS = 0.8


def repeats_message(question: Question, message: str) -> Iterator[Concern]:
    """Tell where a wording is nearly the message of a member, who did not write it for everybody to read."""
    asked = words(message)
    for wording in question.wordings:
        if asked and SequenceMatcher(None, words(wording), asked, autojunk=False).ratio() >= _SAME_WORDS:
            yield Concern(
                ConcernKind.MEMBERS_WORDS,
                f'"{wording}" is nearly what the member wrote. Put it in your own words, as anybody might ask it.',
            )
