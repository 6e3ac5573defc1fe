"""The shipped rules and the screen over them, made once for all tests of it."""

from __future__ import annotations

from knowledge.safety.emergency import Screen
from knowledge.safety.rules import load_rules
from knowledge.safety.weighing import load_weights

RULES = load_rules()
# The rules alone, of which each is tested; and as they ship, with the second look by weights.
SCREEN = Screen(RULES)
WEIGHTS = load_weights()
SHIPPED = Screen(RULES, WEIGHTS)
