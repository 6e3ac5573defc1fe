"""Why a text got what it got, in plain sentences for members and moderators; they read the same on any platform."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.matching.outcome import bar
from knowledge.model import AskKind, Outcome, Tier

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from knowledge.model import Decision, GuardFinding, Match, Place, Policy, Question, Verdict

_OUTCOMES = {
    Outcome.ANSWER: "Answered: this stored question is almost surely the one that is meant.",
    Outcome.CHOICES: "Choices offered: one of these may be meant, and none is sure enough to be answered.",
    Outcome.NONE: "Not answered: no stored question is likely enough to be the one that is meant.",
    Outcome.EMERGENCY: "Emergency card shown: the words may describe an emergency. Nothing was looked up.",
}
_NOT_LOOKED_UP = {
    AskKind.SMALL_TALK.value: "Nothing was looked up: this reads like small talk.",
    AskKind.OTHER_LANGUAGE.value: "Nothing was looked up: this does not read like English.",
    AskKind.NOTHING_TO_READ.value: "Nothing was looked up: there are no words to read.",
}
# By the reason of a decision, where it says more than the outcome.
_REASONS = _NOT_LOOKED_UP | {
    "nothing-alike": "Not answered: no stored question has any of these words.",
    "does-not-ask": "No reply: this does not read like a question, and nobody spoke to the bot.",
    "about-the-bot": "Told what the bot is: this asks about the bot itself, and no stored question does.",
    "bare-topic": "Choices offered: this is about what you named, and does not say what you would like to know.",
    "ruled-out": "Not answered: the stored questions that come near ask something else.",
}
# Guards with a sentence of their own; the others tell what either side says.
_GUARDS = {
    "too-short": "these words alone do not say what you would like to know",
    "same-wording": "another stored question has this very wording",
    "little-in-common": "too much of your question, or of the stored one, is missing from the other",
    "other-word": "a word that matters is in your question only, and another in the stored one only",
    "tells": "you tell something, and the stored question asks",
    "asks-else": "both are about the same and seem to ask different things of it",
    "order": "both name the same two things, and differ in which of them comes after the other",
    "purpose": "one asks whether a treatment helps against something, the other whether it brings that about",
}
# What the guards watch, where a guard's name does not say it to a stranger.
_TOPICS = {
    "drug": "the medicine",
    "number": "an amount",
    "polarity": "what is denied",
    "prefix": "words that begin as opposites do",
    "side": "left or right",
    "height": "upper or lower",
    "change": "more or less",
    "level": "high or low",
    "limit": "over or under",
    "age": "age",
    "sex": "women or men",
    "expecting": "pregnancy or breastfeeding",
    "temperature": "hot or cold",
    "course": "sudden or lasting",
    "growth": "benign or malignant",
    "place": "inside or outside",
    "gland": "overactive or underactive",
    "speed": "fast or slow",
    "quantity": "too much or too little",
    "visibility": "on or off",
    "direction": "in or out",
    "day time": "the time of day",
    "thickness": "thick or thin",
    "sugar": "dry or oily",
    "species": "the animal",
    "body part": "the body part",
    "drink": "the drink",
    "sign": "what is seen or felt",
    "too-short": "too few words",
    "same-wording": "a wording that two stored questions share",
    "little-in-common": "too few words in common",
    "other-word": "a word that matters",
    "tells": "telling and asking",
    "asks-else": "what is asked",
    "order": "what comes first",
    "purpose": "what a treatment helps against or brings about",
}
_WORDS_NAMED = 6
# The feature `small_lead` is below this where the next stored question comes about as near.
_NO_LEAD = 1.0
_HUNDRED = 100
_NEARLY_ALWAYS = 0.995
_MAY_BE_MEANT = 0.05


@dataclass(frozen=True, slots=True)
class Nearest:
    """The stored question that came nearest, its wording where that is not the title, and what speaks for it or not."""

    question: Question
    wording: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reasons:
    """What came of a text and why; `others` came less near, each with how many of a hundred such are meant."""

    summary: str
    sentences: tuple[str, ...] = ()
    nearest: Nearest | None = None
    others: tuple[tuple[str, Question], ...] = ()


def reasons(decision: Decision, policy: Policy, place: Place) -> Reasons:
    """Explain a decision that was made under `policy` for a text that was said in `place`."""
    said = tuple(_screened(decision.verdict))
    ranking = decision.ranking
    if ranking is None or not ranking.matches or decision.reason in _NOT_LOOKED_UP:
        return Reasons(_REASONS.get(decision.reason, _OUTCOMES[decision.outcome]), said)
    best = ranking.matches[0]
    wording = best.wording if best.wording != best.question.title else ""
    needed = bar(policy, place, ranking.asking.score)
    return Reasons(
        _summary(decision, best, needed),
        said,
        Nearest(best.question, wording, tuple(_of_nearest(best, needed))),
        tuple((in_a_hundred(match.confidence), match.question) for match in ranking.matches[1:]),
    )


def outcome_sentence(outcome: Outcome) -> str:
    """Say what a text got, where nothing more is known of it."""
    return _OUTCOMES[outcome]


def sureness(confidence: float) -> str:
    """Say what a confidence means."""
    return f"Of stored questions that come this near, {in_a_hundred(confidence)} in 100 are the one that is meant."


def in_a_hundred(confidence: float) -> str:
    """Give a confidence as a count of a hundred, rounded down: what is not certain must not read as certain."""
    if confidence >= _NEARLY_ALWAYS:
        return "more than 99"
    count = int(confidence * _HUNDRED)
    return f"about {count}" if count else "fewer than 1"


def watched(guards: Iterable[str]) -> str:
    """Say what the guards of these names watch, each once."""
    return "; ".join(dict.fromkeys(_TOPICS.get(guard, guard) for guard in guards))


def finding_sentence(finding: GuardFinding) -> str:
    """Say what asked and stored text disagree in, without a capital and a full stop."""
    if finding.guard in _GUARDS:
        return _GUARDS[finding.guard]
    if finding.asked and finding.stored:
        return f"your question says {_quoted([finding.asked])}, the stored one says {_quoted([finding.stored])}"
    if finding.asked:
        return f"your question says {_quoted([finding.asked])}, the stored one does not"
    return f"the stored question says {_quoted([finding.stored])}, yours does not"


def _summary(decision: Decision, best: Match, needed: float) -> str:
    """Say what came of a text; where words that disagree held an answer back, say which."""
    held_back = decision.outcome is not Outcome.ANSWER and decision.reason != "does-not-ask"
    if held_back and best.guards and best.confidence >= needed:
        began = "Choices offered and no answer" if decision.outcome is Outcome.CHOICES else "Not answered"
        return f"{began}: {finding_sentence(best.guards[0])}."
    return _REASONS.get(decision.reason, _OUTCOMES[decision.outcome])


def _screened(verdict: Verdict) -> Iterator[str]:
    if verdict.tier is Tier.NONE:
        return
    what = "an emergency" if verdict.tier is Tier.EMERGENCY else "something to be careful with"
    rules = _quoted(verdict.rule_ids)
    yield f"The words read like {what} ({verdict.category}). Rules that say so: {rules}."


def _of_nearest(match: Match, needed: float) -> Iterator[str]:
    if match.features.get("same_words"):
        yield "Your words are those of the stored question."
    yield f"{sureness(match.confidence)} An answer needs {needed * _HUNDRED:.0f}."
    found = match.words
    for typed, read in found.read_as:
        yield f"{_quoted([typed])} was read as {_quoted([read])}."
    if shared := (*found.shared, *(read for _, read in found.read_as)):
        yield f"In your question and in the stored one: {_quoted(shared)}."
    if found.alike:
        yield f"In the stored one by another word that may mean the same: {_quoted(found.alike)}."
    if found.only_asked:
        yield f"In your question only: {_quoted(found.only_asked)}."
    if found.only_stored:
        yield f"In the stored one only: {_quoted(found.only_stored)}."
    for finding in match.guards:
        said = finding_sentence(finding)
        effect = "So it is not the answer." if finding.hard else "So it can be a choice, not an answer."
        yield f"{said[0].upper()}{said[1:]}. {effect}"
    if match.confidence >= _MAY_BE_MEANT and match.features.get("small_lead", 1.0) < _NO_LEAD:
        yield "Another stored question comes about as near."


def _quoted(words: Sequence[str]) -> str:
    named = ", ".join(f"\u201c{word}\u201d" for word in words[:_WORDS_NAMED])
    return named if len(words) <= _WORDS_NAMED else f"{named} and more"
