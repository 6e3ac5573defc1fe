"""The rules file: every fault of it is told with its line, and a clinician's signature holds for one version."""

from __future__ import annotations

import re

import pytest

from knowledge.errors import RulesFaults
from knowledge.safety.rules import RULES_FILE, load_rules
from knowledge.safety.weighing import WEIGHTS_FILE

SHIPPED = RULES_FILE.read_text("utf-8")
FIRST_RULE = SHIPPED.index("[[rule]]")
RULE = """
[[rule]]
id = "made-up"
category = "cardiac"
strength = "strong"
source = "heart"
example = "an example"
says = ["CHEST .. hurts"]
"""


def load(tmp_path, text, weights=WEIGHTS_FILE):
    path = tmp_path / "rules.toml"
    path.write_text(text, "utf-8")
    return load_rules(path, weights)


def faults(tmp_path, text):
    with pytest.raises(RulesFaults) as caught:
        load(tmp_path, text)
    return caught.value.faults


def before_ordinary(text, added):
    return text.replace("# --- Ordinary words", f"{added}\n# --- Ordinary words", 1)


def test_the_shipped_rules_are_read_whole():
    rules = load_rules()
    assert len(rules.rules) == SHIPPED.count("\n[[rule]]\n")
    assert {rule.category for rule in rules.rules} == set(rules.categories)


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        ('says = ["CHEST .. hurts"]', 'says = ["CHST .. hurts"]', "'CHST' is not defined under [concepts]"),
        ('says = ["CHEST .. hurts"]', "says = []", "The rule never fires"),
        ('says = ["CHEST .. hurts"]', 'says = ["CHEST .. really"]', "'really' never comes out of a text"),
        ('says = ["CHEST .. hurts"]', 'says = ["CHEST .. can\'t"]', "is no plain word"),
        ('says = ["CHEST .. hurts"]', 'says = ["CHEST .. a||b"]', "empty alternative"),
        ('category = "cardiac"', 'category = "cardio"', "'cardio' is not in the list of categories"),
        ('source = "heart"', 'source = "hearsay"', "'hearsay' is not listed under [sources]"),
        ('strength = "strong"', 'strength = "mighty"', "strength"),
        ('example = "an example"', 'exmaple = "an example"', "exmaple"),
        ('id = "made-up"', 'id = "chest-pain"', "given twice"),
        ('example = "an example"', 'example = "an example"\ndespite = ["weather"]', "'weather' is none of"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path, wrong, right, told):
    text = before_ordinary(SHIPPED, RULE.replace(wrong, right))
    found = faults(tmp_path, text)
    assert any(told in fault.message for fault in found)
    lines = text.split("\n")
    start = len(text[: text.index("# --- Ordinary words")].split("\n")) - RULE.count("\n") - 1
    assert all(start <= fault.line <= start + RULE.count("\n") + 1 for fault in found), [
        (fault.line, lines[fault.line - 1]) for fault in found
    ]


def test_all_faults_are_told_at_once(tmp_path):
    added = RULE.replace("CHEST", "CHST").replace('"cardiac"', '"cardio"')
    text = before_ordinary(SHIPPED, added).replace("\nanimal = [", "\nanimall = [", 1)
    messages = " ".join(fault.message for fault in faults(tmp_path, text))
    assert all(told in messages for told in ("CHST", "cardio", "'animall' is no cue", "'animal' is missing"))


def test_a_file_that_is_no_toml_or_not_there_is_told_too(tmp_path):
    broken = faults(tmp_path, SHIPPED.replace("[review]", "[review", 1))
    assert broken[0].line == SHIPPED[: SHIPPED.index("[review]")].count("\n") + 1
    with pytest.raises(RulesFaults, match=r"nowhere\.toml"):
        load_rules(tmp_path / "nowhere.toml")


def test_a_signature_holds_until_a_rule_or_the_weights_change(tmp_path):
    unsigned = load(tmp_path, SHIPPED).review
    assert not unsigned.signed
    assert unsigned.content in str(unsigned)
    named = re.sub(
        r'reviewer = ""\ndate = ""\nsha256 = ""',
        f'reviewer = "A. Doctor, MD"\ndate = 2026-11-22\nsha256 = "{unsigned.content}"',
        SHIPPED,
    )
    signed = load(tmp_path, named).review
    assert signed.signed
    assert str(signed) == "Reviewed by A. Doctor, MD on 2026-11-22."
    assert load(tmp_path, named + "\n# a comment changes nothing\n").review.signed
    changed = load(tmp_path, before_ordinary(named, RULE)).review
    assert not changed.signed
    assert str(changed).startswith("Changed since A. Doctor, MD reviewed it")
    other_weights = tmp_path / WEIGHTS_FILE.name
    other_weights.write_bytes(WEIGHTS_FILE.read_bytes() + b"\n")
    assert not load(tmp_path, named, other_weights).review.signed
