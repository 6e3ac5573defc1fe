"""The index leaves no rule out that could fire: each line gets the verdict that all rules together give it."""

from __future__ import annotations

import copy

from tests.knowledge.safety.shipped import RULES, SCREEN


class EveryRule:
    def concerned(self, _symbols):
        return RULES.rules


def test_every_rules_own_line_gets_the_verdict_of_all_rules():
    slow = copy.copy(SCREEN)
    slow._index = EveryRule()
    lines = [rule.example for rule in RULES.rules]
    # What stands in two of them at once concerns many rules.
    texts = [*lines, *(f"{one} {other}" for one, other in zip(lines[::4], lines[7::4], strict=False))]
    assert list(map(SCREEN, texts)) == list(map(slow, texts))
