"""The shipped rules and the screen over them, made once for all tests of it."""

from __future__ import annotations

from knowledge.safety.emergency import Screen
from knowledge.safety.rules import load_rules

RULES = load_rules()
SCREEN = Screen(RULES)
