"""The page for people says what the rules say."""

from __future__ import annotations

import re

from benchmarks.emergency_rules import CUES, PAGE, page
from knowledge.safety.rules import load_rules

README = PAGE.parents[1] / "README.md"


def test_the_page_is_current():
    written = PAGE.read_text("utf-8")
    assert written == page(), "docs/emergency-rules.md is out of date: run python -m benchmarks.emergency_rules"


def test_the_page_tells_every_rule_and_is_honest():
    written = PAGE.read_text("utf-8")
    rules = load_rules()
    assert all(f"### {rule.id} (" in written for rule in rules.rules)
    assert set(rules.cues) == set(CUES)
    for text in (written, README.read_text("utf-8")):
        told = " ".join(text.split())
        assert "miss things" in told
        assert rules.review.signed or re.search(r"no \*{0,2}clinician has reviewed", told, re.IGNORECASE)
