"""The values that the rules of the emergency screen are read into."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knowledge.safety.measures import Measure
    from knowledge.safety.patterns import Element, Frame, Phrase
    from knowledge.safety.review import Review

Strength = Literal["strong", "medium", "weak"]

# What can take the alarm out of a rule, and the cues that tell it.
MODIFIERS = frozenset(
    {"quoted", "negation", "animal", "study", "story", "fiction", "supposed", "play", "past", "chronic"}
)
CUES = frozenset(
    {"negation", "negation_of_lists", "negation_after", "negation_ends", "pseudo_negation"}
    | {
        "present",
        "present_no_more",
        "present_surely",
        "person",
        "kin",
        "past",
        "recent",
        "resolved",
        "chronic",
        "study",
        "story",
        "fiction",
        "supposed",
        "play",
        "joke",
        "earnest",
        "animal",
        "bodily",
    }
)
# Who a text about suicide or self-harm speaks of. What speaks of either has no rules: only the weights give it.
ABOUT_ONESELF, ABOUT_ANOTHER, ABOUT_ONESELF_OR_ANOTHER = "suicide", "suicide_other", "suicide_self_or_other"
# The categories about suicide and self-harm, which get a card of their own kind.
SELF_HARM = frozenset({ABOUT_ONESELF, ABOUT_ANOTHER, ABOUT_ONESELF_OR_ANOTHER, "lethal_dose"})
# Cues whose words are mended too, because they keep an alarm up.
_MENDED_CUES = ("present", "present_surely", "pseudo_negation", "negation_ends")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: when it fires, and how alarming that is.

    It fires when any of `patterns` is found and all of `needed_anywhere` are in the text, unless one of `unless` stands
    in the same clause, or a harmless cause that it is `explained_by` stands near. A strong rule alarms alone; a medium
    one with a second of its category or with a sign that it happens now; a weak one brings the caution line. `despite`
    names the modifiers that do not take the alarm out of it; `figurative` says that its words are used jokingly too.
    `source` names a published list, `example` is a line that needs this rule.
    """

    id: str
    category: str
    strength: Strength
    source: str
    example: str
    patterns: tuple[Phrase | Frame, ...]
    needed_anywhere: tuple[Element, ...] = ()
    unless: tuple[Phrase, ...] = ()
    explained_by: tuple[Phrase, ...] = ()
    despite: frozenset[str] = frozenset()
    figurative: bool = False

    @property
    def about_self_harm(self) -> bool:
        """Whether a softened alarm still deserves a kind line."""
        return self.category in SELF_HARM


@dataclass(frozen=True, slots=True)
class Rules:
    """All rules with the words they are made of. `categories` are in the order in which they decide the card."""

    categories: tuple[str, ...]
    rules: tuple[Rule, ...]
    concepts: Mapping[str, tuple[tuple[str, ...], ...]]
    measures: tuple[Measure, ...]
    cues: Mapping[str, tuple[Phrase, ...]]
    fillers: frozenset[str]
    masked: frozenset[str]
    short_forms: Mapping[str, tuple[str, ...]]
    ordinary: frozenset[str]
    sources: Mapping[str, str]
    review: Review

    @property
    def words(self) -> frozenset[str]:
        """Every word, or group of words, that a rule, a cue or a measure names."""
        unless = (phrase for rule in self.rules for phrase in (*rule.unless, *rule.explained_by))
        cues = (cue for phrases in self.cues.values() for cue in phrases)
        return self.alarming_words | _words_of(symbols for phrase in (*unless, *cues) for symbols in phrase.elements)

    @property
    def alarming_words(self) -> frozenset[str]:
        """The words towards which typing errors are mended: those that raise an alarm, not those that calm it."""
        elements = [symbols for rule in self.rules for pattern in rule.patterns for symbols in pattern.elements]
        elements += [symbols for rule in self.rules for symbols in rule.needed_anywhere]
        elements += [symbols for cue in _MENDED_CUES for phrase in self.cues[cue] for symbols in phrase.elements]
        elements += [frozenset((*measure.units, *measure.near)) for measure in self.measures]
        return _words_of(elements)

    def without(self, rule_id: str) -> Rules:
        """Give the same rules but one, to see what that one does."""
        return replace(self, rules=tuple(rule for rule in self.rules if rule.id != rule_id))


def _words_of(elements: Iterable[Element]) -> frozenset[str]:
    return frozenset(symbol for symbols in elements for symbol in symbols if not symbol[0].isupper())
