"""Which rules a text may concern, found by its words: nearly all rules have nothing to do with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from knowledge.safety.ruleset import Rule


class RuleIndex:
    """Finds the rules of which at least one pattern has its rarest element in a text.

    Rare is what few patterns name: "i" and "my" stand in many of them, and in most texts.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        patterns = [(place, pattern) for place, rule in enumerate(rules) for pattern in rule.patterns]
        named = Counter(symbol for _, pattern in patterns for element in pattern.elements for symbol in element)
        self._by_symbol: dict[str, set[int]] = defaultdict(set)
        for place, pattern in patterns:
            for symbol in min(pattern.elements, key=lambda element: sum(named[symbol] for symbol in element)):
                self._by_symbol[symbol].add(place)

    def concerned(self, symbols: Iterable[str]) -> list[Rule]:
        """Give, in their order, the rules that may fire on a text with these words and concepts; no other one can."""
        places = set().union(*(self._by_symbol.get(symbol, ()) for symbol in symbols))
        return [self._rules[place] for place in sorted(places)]
