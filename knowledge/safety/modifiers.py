"""What takes the alarm out of an alarming phrase: negation, past, study, fiction, other domains; and what keeps it in.

In the manner of NegEx (Chapman et al. 2001) and ConText (Harkema et al. 2009). Rules for negation are dependable, those
for history and hypothesis are not, so these two act only where nothing says that it is happening now.
"""

from __future__ import annotations

from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from knowledge.safety.occurrences import Occurrences, Span
    from knowledge.safety.patterns import Hit, Phrase
    from knowledge.safety.ruleset import Rule

# How far a negation reaches, in words, after and before it.
_REACH = 5
_LIST_REACH = 12
_REACH_BACK = 6
_JOINING = frozenset({"or", "nor"})


class Weight(IntEnum):
    """What is left of an alarm."""

    NOTHING = 0
    CAUTION = 1
    FULL = 2


class Modifiers:
    """The cues of one text, found once, and what they make of each hit."""

    def __init__(self, cues: Mapping[str, Sequence[Phrase]], found: Occurrences) -> None:
        self._cues = cues
        self._found = found

    @cached_property
    def present(self) -> bool:
        """Whether anything says that it is happening now."""
        return bool(self._present_spans)

    @cached_property
    def someone(self) -> bool:
        """Whether the text speaks of the writer or of somebody the writer knows."""
        return bool(self._spans("person")) or self.present

    def weigh(self, rule: Rule, hit: Hit) -> Weight:
        """Say what the cues of the text leave of a rule's hit."""
        checks = (
            ("quoted", Weight.NOTHING, self._quoted),
            ("negation", Weight.CAUTION if rule.about_self_harm else Weight.NOTHING, self._negated),
            ("animal", Weight.NOTHING, self._animal),
            ("study", Weight.NOTHING, self._studied),
            ("story", Weight.NOTHING, self._story),
            ("fiction", Weight.NOTHING, self._fiction),
            ("supposed", Weight.NOTHING, self._supposed),
            ("play", Weight.CAUTION if rule.about_self_harm else Weight.NOTHING, self._play),
            ("past", Weight.CAUTION, self._past),
            ("chronic", Weight.CAUTION, self._chronic),
        )
        for name, weight, applies in checks:
            if name not in rule.despite and applies(rule, hit):
                return weight
        return Weight.FULL

    # --- One check a modifier -------------------------------------------------------------------

    def _quoted(self, _rule: Rule, hit: Hit) -> bool:
        quoted = self._found.reading.quoted
        return quoted[hit.start] and not all(quoted)

    def _negated(self, _rule: Rule, hit: Hit) -> bool:
        return self._negated_before(hit) or self._negated_after(hit)

    def _negated_before(self, hit: Hit) -> bool:
        clauses, sentences = self._found.reading.clauses, self._found.reading.sentences
        first, last = hit.parts[0][0], max(start for start, _ in hit.parts)
        for start, end in self._negations:
            if end > last:
                break
            if sentences[start] != sentences[first] or hit.covers(start):
                continue
            lists = start in self._lists
            for part_start, _ in hit.parts:
                reach = _LIST_REACH if lists or self._is_joined(part_start) else _REACH
                if not end <= part_start < end + reach:
                    continue
                if not lists and clauses[start] != clauses[part_start]:
                    continue
                if not self._cut_between(end, part_start):
                    return True
        return False

    def _negated_after(self, hit: Hit) -> bool:
        sentences, clauses = self._found.reading.sentences, self._found.reading.clauses
        return any(
            end <= start < end + _REACH_BACK
            and sentences[start] == sentences[end - 1]
            and clauses[start] == clauses[end - 1]
            and not hit.covers(start)
            and not self._cut_between(end, start)
            for start, _ in self._spans("negation_after")
            for _, end in hit.parts
        )

    @cached_property
    def _negations(self) -> list[Span]:
        """The places of negations that do take something back, in the order of their ends."""
        pseudo = {at for start, end in self._spans("pseudo_negation") for at in range(start, end)}
        true = [(start, end) for start, end in self._spans("negation") if start not in pseudo]
        return sorted(true, key=lambda span: span[1])

    @cached_property
    def _lists(self) -> frozenset[int]:
        """Where the negations stand that go on over a list ("no fever, cough or rash")."""
        return frozenset(start for start, _ in self._spans("negation_of_lists"))

    def _is_joined(self, position: int) -> bool:
        """Whether the word there goes on with what stands before it ("not short of breath or dizzy")."""
        return position > 0 and self._found.reading.words[position - 1] in _JOINING

    def _cut_between(self, start: int, end: int) -> bool:
        """Whether a "but" or a new subject stands there; the word at `end` counts too, for it may be that subject."""
        return any(start <= at <= end for at, _ in self._spans("negation_ends"))

    def _animal(self, rule: Rule, hit: Hit) -> bool:
        if rule.about_self_harm:
            return False
        if self._in_sentence("animal", hit):
            return not self._in_sentence("kin", hit)
        # "Our lab got into the brownies. He is panting. How much is toxic for a dog?"
        return bool(self._spans("animal")) and not self._spans("kin")

    def _studied(self, _rule: Rule, hit: Hit) -> bool:
        return self._in_sentence("study", hit) and not self._in_sentence("person", hit) and not self._is_now(hit)

    def _story(self, _rule: Rule, hit: Hit) -> bool:
        return self._in_sentence("story", hit) and not self._in_sentence("kin", hit) and not self._is_now(hit)

    def _fiction(self, _rule: Rule, _hit: Hit) -> bool:
        return bool(self._spans("fiction")) and not self._spans("present_surely")

    def _supposed(self, _rule: Rule, _hit: Hit) -> bool:
        return bool(self._spans("supposed")) and not self._spans("present_surely")

    def _play(self, rule: Rule, hit: Hit) -> bool:
        if not rule.figurative or (self._spans("bodily") and self._spans("kin")):
            return False
        return self._in_sentence("play", hit) or (bool(self._spans("joke")) and not self._spans("earnest"))

    def _past(self, rule: Rule, hit: Hit) -> bool:
        if self._is_now(hit):
            return False
        # A plan made last week is a plan.
        recent = self._spans("recent") if rule.about_self_harm else []
        past = [(start, end) for start, end in self._spans("past") if not any(a < end and start < b for a, b in recent)]
        return self._any_in_clause(past, hit) or bool(self._spans("resolved"))

    def _chronic(self, rule: Rule, hit: Hit) -> bool:
        if rule.about_self_harm:  # "sometimes I want to die" is no less true for being old
            return False
        return self._in_sentence("chronic", hit) and not self._is_now(hit)

    def _is_now(self, hit: Hit) -> bool:
        """Whether the alarm's own clause says that it is happening now, or the text says so beyond doubt."""
        return self._any_in_clause(self._present_spans, hit) or bool(self._spans("present_surely"))

    @cached_property
    def _present_spans(self) -> list[Span]:
        over = self._spans("present_no_more")
        return [
            (start, end)
            for start, end in self._spans("present")
            if not any(first <= start and end <= last for first, last in over)
        ]

    # --- Finding cues ---------------------------------------------------------------------------

    def _spans(self, cue: str) -> list[Span]:
        if cue not in self._memory:
            phrases = self._cues.get(cue, ())
            self._memory[cue] = sorted({(hit.start, hit.end) for phrase in phrases for hit in phrase.find(self._found)})
        return self._memory[cue]

    @cached_property
    def _memory(self) -> dict[str, list[Span]]:
        return {}

    def _in_sentence(self, cue: str, hit: Hit) -> bool:
        sentences = self._found.reading.sentences
        return any(sentences[start] == sentences[hit.start] for start, _ in self._spans(cue))

    def _any_in_clause(self, spans: Sequence[Span], hit: Hit) -> bool:
        clauses = self._found.reading.clauses
        first, last = clauses[hit.start], clauses[hit.end - 1]
        return any(first <= clauses[start] <= last for start, _ in spans)
