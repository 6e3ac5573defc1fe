"""The emergency screen: how alarming a text is, by rules that are data."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from knowledge.model import Tier, Verdict
from knowledge.safety.disguises import Disguises
from knowledge.safety.measures import add_measures
from knowledge.safety.modifiers import Modifiers, Weight
from knowledge.safety.occurrences import Lexicon, Occurrences
from knowledge.safety.reading import Reader
from knowledge.safety.rule_index import RuleIndex
from knowledge.safety.ruleset import ABOUT_ANOTHER, ABOUT_ONESELF, SELF_HARM
from knowledge.safety.spelling import Spelling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.safety.patterns import Hit
    from knowledge.safety.reading import Reading
    from knowledge.safety.ruleset import Rule, Rules
    from knowledge.safety.weighing import Weighed, Weights

# How often one rule is tried in one text before it is let go.
_MOST_HITS = 12
# How near, in words, a phrase that forbids a rule must stand.
_UNLESS_WITHIN = 10
# What stands in place of a rule where the weights of all words raise or take back an alarm.
WEIGHED = "weighed-words"


class Screen:
    """Screens texts by rules and, where there are weights, by a second look that also weighs the text as a whole.

    Pure: the same text gives the same verdict; nothing is kept.
    """

    def __init__(self, rules: Rules, weights: Weights | None = None) -> None:
        self._rules = rules
        self._weights = weights
        terms: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for concept, phrases in rules.concepts.items():
            for words in phrases:
                terms[words].append(concept)
        mended = {word for words in terms for word in words} | set(rules.short_forms)
        mended |= {word for named in rules.alarming_words for word in named.split()}
        for named in rules.words:
            terms[tuple(named.split())].append(named)
        self._lexicon = Lexicon({words: tuple(symbols) for words, symbols in terms.items()})
        self._index = RuleIndex(rules.rules)
        known = {word for words in terms for word in words}
        self._reader = Reader(
            disguises=Disguises(known.union(rules.fillers, rules.short_forms), rules.masked),
            short_forms=rules.short_forms,
            fillers=rules.fillers,
            signs=frozenset(word for word in known if not word[0].isalnum()),
            spelling=Spelling(mended, known | rules.ordinary, OSA.distance),
        )

    def __call__(self, text: str, overheard: bool = False) -> Verdict:  # noqa: FBT001, FBT002  # the contract of callers
        """Give the tier of `text`, the category that decided it and the rules that fired.

        In a text that nobody addressed to the bot (`overheard`) only a strong rule about somebody present alarms, and
        weights only take alarms back.
        """
        reading = self._reader.read(text)
        verdict = self._by_rules(reading, overheard=overheard)
        if self._weights is None or (overheard and verdict.tier is not Tier.EMERGENCY):
            return verdict
        return second_look(verdict, self._weights.weigh(reading, overheard=overheard))

    def reading(self, text: str) -> Reading:
        """Give `text` as the screen reads it, which is what the weights are learned from."""
        return self._reader.read(text)

    def _by_rules(self, reading: Reading, *, overheard: bool) -> Verdict:
        places = self._lexicon.places(reading)
        add_measures(self._rules.measures, reading, places)
        found = Occurrences(reading, places)
        modifiers = Modifiers(self._rules.cues, found)
        rules: dict[str, list[Rule]] = defaultdict(list)
        for rule in self._index.concerned(places):
            rules[rule.category].append(rule)
        softened: list[Rule] = []
        cautions: list[Rule] = []
        # Once a category alarms, those that decide less cannot change the card: a text full of alarms costs little.
        for category in self._rules.categories:
            fired: list[Rule] = []
            for rule in rules[category]:
                weight = _weight(rule, found, modifiers)
                if weight is Weight.FULL:
                    fired.append(rule)
                elif weight is Weight.CAUTION:
                    softened.append(rule)
            if _is_alarm(fired, modifiers, overheard=overheard):
                return Verdict(Tier.EMERGENCY, category, tuple(rule.id for rule in fired))
            cautions.extend(fired)
        cautions = [*softened, *cautions]
        if not cautions:
            return Verdict(Tier.NONE)
        first = min(cautions, key=lambda rule: self._rules.categories.index(rule.category))
        return Verdict(Tier.CAUTION, first.category, tuple(rule.id for rule in cautions))


def second_look(verdict: Verdict, weighed: Weighed) -> Verdict:
    """Raise an alarm where the rules do not and the weights are sure, and lower one in a text that surely reads calm.

    A lowered alarm leaves the caution, with the numbers to call. About suicide and self-harm more calm is asked for.
    Whether such a text is about the writer or somebody else is always for the weights to say.
    """
    tier, category, rule_ids = verdict.tier, verdict.category, verdict.rule_ids
    if tier is Tier.EMERGENCY:
        if weighed.calm_of_self_harm if category in SELF_HARM else weighed.calm:
            tier, rule_ids = Tier.CAUTION, (*rule_ids, WEIGHED)
    elif weighed.alarming:
        by_weights = category not in SELF_HARM and (weighed.kind in SELF_HARM or not category)
        tier, category, rule_ids = Tier.EMERGENCY, weighed.kind if by_weights else category, (*rule_ids, WEIGHED)
    if category in (ABOUT_ONESELF, ABOUT_ANOTHER):
        category = weighed.about or category
    return Verdict(tier, category, rule_ids)


def _weight(rule: Rule, found: Occurrences, modifiers: Modifiers) -> Weight:
    best = Weight.NOTHING
    if not found.has_all(rule.needed_anywhere):
        return best
    here = [pattern for pattern in rule.patterns if found.has_all(pattern.elements)]
    if not here:
        return best
    hits = islice((hit for pattern in here for hit in pattern.find(found)), _MOST_HITS)
    clauses = found.reading.clauses
    forbidding: list[Hit] | None = None
    explaining: list[Hit] = []
    for hit in hits:
        if forbidding is None:
            forbidding = [other for phrase in rule.unless for other in phrase.find(found)]
            explaining = [other for phrase in rule.explained_by for other in phrase.find(found)]
        forbidden = any(_near(other, hit) and _in_one_clause(other, hit, clauses) for other in forbidding)
        if not (forbidden or any(_near(other, hit) for other in explaining)):
            best = max(best, modifiers.weigh(rule, hit))
        if best is Weight.FULL:
            break
    return best


def _near(other: Hit, hit: Hit) -> bool:
    return other.start - _UNLESS_WITHIN <= hit.end and hit.start <= other.end + _UNLESS_WITHIN


def _in_one_clause(other: Hit, hit: Hit, clauses: Sequence[int]) -> bool:
    return clauses[other.start] <= clauses[hit.end - 1] and clauses[hit.start] <= clauses[other.end - 1]


def _is_alarm(fired: list[Rule], modifiers: Modifiers, *, overheard: bool) -> bool:
    strong = any(rule.strength == "strong" for rule in fired)
    if overheard:
        return strong and modifiers.someone
    if strong:
        return True
    medium = sum(rule.strength == "medium" for rule in fired)
    return medium > 1 or (medium == 1 and modifiers.present)
