"""The screen over the shipped rules."""

from __future__ import annotations

import copy

import pytest

from knowledge.model import Tier
from knowledge.safety.emergency import Screen
from knowledge.safety.rules import load_rules

RULES = load_rules()
SCREEN = Screen(RULES)


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.id)
def test_every_rule_is_needed_for_its_own_line(rule):
    tiers = list(Tier)
    with_it, without_it = SCREEN(rule.example), _screen_without(rule.id)(rule.example)
    assert rule.id in with_it.rule_ids
    assert tiers.index(with_it.tier) < tiers.index(without_it.tier)


def test_a_definition_is_no_alarm():
    assert SCREEN("what are the signs of a stroke?").tier is Tier.NONE


def _screen_without(rule_id):
    """A screen that lost one rule; it keeps the words, so that it need not be built anew."""
    other = copy.copy(SCREEN)
    other._rules = RULES.without(rule_id)
    return other
