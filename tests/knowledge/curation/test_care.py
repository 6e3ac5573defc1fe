"""What `careful`, `usual` and `eager` mean: a bar each, never below the operator's floor, in measured figures."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.curation.care import FILE, Measured, answer_at, is_offered, load_measured, meaning
from knowledge.curation.server_policy import policy_in
from knowledge.curation.settings import SHIPPED, Care
from knowledge.errors import DataFault
from knowledge.model import Policy

CONFIDENCE = st.floats(0.5, 1)
TABLE = (Measured(0.8, 0.94, 0.4), Measured(0.9, 0.96, 0.2), Measured(0.95, 0.97, 0.1))


@given(CONFIDENCE, CONFIDENCE, st.sampled_from(Care))
def test_no_server_answers_below_the_floor_unless_the_operator_does(usual, floor, care):
    bar = answer_at(care, Policy(answer_at=usual, answer_floor=floor))
    assert bar >= min(floor, usual)
    assert answer_at(Care.EAGER, Policy(usual, floor)) <= usual <= answer_at(Care.CAREFUL, Policy(usual, floor))


def test_usual_is_what_the_operator_says():
    assert answer_at(Care.USUAL, Policy(answer_at=0.77)) == 0.77


def test_a_word_that_changes_nothing_is_not_offered():
    assert [care for care in Care if is_offered(care, Policy())] == [Care.CAREFUL, Care.USUAL]
    assert [care for care in Care if is_offered(care, Policy(answer_floor=0.8))] == list(Care)
    assert [care for care in Care if is_offered(care, Policy(answer_at=0.99, answer_floor=0.99))] == [Care.USUAL]


def test_the_meaning_is_told_in_figures():
    policy = Policy(answer_floor=0.8)
    assert meaning(Care.USUAL, policy, TABLE) == "of 1,000 answers about 960 are right"
    assert "about 970 are right. Where the usual gives 100 answers, this gives about 50" in meaning(
        Care.CAREFUL, policy, TABLE
    )
    assert "about 940 are right. Where the usual gives 100 answers, this gives about 200" in meaning(
        Care.EAGER, policy, TABLE
    )


def test_the_shipped_words_say_different_things_to_whoever_chooses():
    policy = Policy(answer_floor=0.8)
    said = [meaning(care, policy, load_measured()).partition(".")[0] for care in Care]
    assert len(set(said)) == len(said)


def test_the_shipped_figures_say_that_care_costs_answers_and_pays():
    measured = load_measured()
    assert all(lower.right <= higher.right + 0.005 for lower, higher in pairwise(measured))
    assert all(lower.answered > higher.answered for lower, higher in pairwise(measured))
    bars = {one.answer_at for one in measured}
    assert {answer_at(care, Policy(answer_floor=0.8)) for care in Care} <= bars


@pytest.mark.parametrize("text", ["", "{}", '{"bars": [{"right": 1}]}', '{"bars": 3}'])
def test_broken_figures_are_a_fault(tmp_path, text):
    (tmp_path / "care.json").write_text(text)
    with pytest.raises(DataFault):
        load_measured(tmp_path / "care.json")
    with pytest.raises(DataFault):
        load_measured(tmp_path / "none.json")


def test_the_figures_name_their_source():
    assert json.loads(FILE.read_text())["by"] == "python -m benchmarks.care --write"


def test_a_servers_policy_adds_to_the_operators_and_takes_nothing_away():
    operators = Policy(notice_addition="Ask a person.", countries=("IE",), own_lines=("Desk: 1.",))
    chosen = SHIPPED.choosing(care=Care.CAREFUL, notice_addition="We mean it.", country="GB", own_lines=("Hall: 2.",))
    policy = policy_in(chosen, operators)
    assert policy.answer_at == 0.95
    assert policy.notice_addition == "We mean it.\n\nAsk a person."
    assert (policy.countries, policy.own_lines) == (("GB", "IE"), ("Desk: 1.", "Hall: 2."))
    assert policy_in(SHIPPED, operators) == operators


def test_what_is_likely_enough_to_be_a_choice_never_has_to_be_likelier_than_an_answer():
    operators = Policy(answer_at=0.95, answer_floor=0.5, choices_at=0.94)
    policy = policy_in(SHIPPED.choosing(care=Care.EAGER), operators)
    assert policy.choices_at == policy.answer_at < operators.choices_at
