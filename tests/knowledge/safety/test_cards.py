"""The cards: number first, 911 always, nothing promised, nothing quoted, and only numbers that were confirmed."""

from __future__ import annotations

import re

import pytest

from knowledge.errors import RulesFaults
from knowledge.model import Tier, Verdict
from knowledge.safety.cards import LINES_FILE, load_cards
from knowledge.safety.ruleset import SELF_HARM
from tests.knowledge.safety.shipped import RULES

CARDS = load_cards()
CATEGORIES = tuple(dict.fromkeys((*RULES.categories, *sorted(SELF_HARM))))
# Known from memory alone, and so left out until they are read on the pages of those who answer them.
UNCONFIRMED = [
    "1-844-764-7669", "01 809 2166", "0800 111 0 111", "3114", "024", "113", "13 11 26", "111",
    "1737", "0800 764 766", "14416",
]  # fmt: skip


def card(category, *args):
    return CARDS.card(Verdict(Tier.EMERGENCY, category, ("a-rule",)), *args)


def words(reply):
    return "\n".join((reply.heading, *reply.lines))


@pytest.mark.parametrize("category", [*CATEGORIES, "a category of tomorrow"])
def test_every_card_is_short_and_names_911(category):
    reply = card(category)
    assert "911" in words(reply)
    assert reply.category == category
    assert len(words(reply)) < 1000
    assert re.match(r"\d{3}\b", reply.repeat)
    assert "\n" not in reply.repeat
    assert "?" not in words(reply)


@pytest.mark.parametrize("category", CATEGORIES)
def test_added_countries_never_take_911_away(category):
    plain, added = card(category), card(category, ("GB", "AU"))
    assert "911" in words(added)
    assert "999 (United Kingdom)" in words(added)
    assert "000 (Australia)" in words(added)
    assert plain.heading == added.heading


@pytest.mark.parametrize("category", CATEGORIES)
def test_the_number_comes_first_on_every_card(category):
    reply = card(category, ("GB", "AU"))
    assert re.match(r"Call (or text )?(911|988) now", reply.heading)
    told = [line for lines in reply.lines for line in lines.split("\n") if re.search(r"\d{2}", line)]
    assert all(
        re.match(r"(- )?\d|Outside the US|The number where|If you have naloxone|Otherwise call", line) for line in told
    )
    assert all(line.count(": ") <= 1 for line in told)


def test_who_is_in_a_country_reads_its_lines_first():
    told = words(card("suicide", ("GB",))).splitlines()
    first, base = (
        next(at for at, line in enumerate(told) if line.startswith(f"- {number}")) for number in ("116", "988")
    )
    assert first < base
    assert told[base] == (
        "- 988 (United States): Suicide and Crisis Lifeline. Call or text, at any hour; chat on 988lifeline.org."
    )


def test_a_caution_names_what_a_server_added():
    physical = CARDS.caution(Verdict(Tier.CAUTION, "cardiac"), ("GB",), ("Campus security: 555 0100.",))
    assert physical == "New, sudden or worse? Call 911 or 999 (United Kingdom) now. Campus security: 555 0100."
    assert CARDS.caution(Verdict(Tier.CAUTION, "suicide")).endswith("Elsewhere: findahelpline.com.")


def test_the_lines_of_a_server_are_added_before_the_last():
    reply = card("cardiac", (), ("Campus security: 555 0100.",))
    assert reply.lines[-2] == "Campus security: 555 0100."
    assert "911" in words(reply)


def test_who_asks_about_dying_is_answered_privately_and_gets_no_stored_answer():
    for category in SELF_HARM:
        reply = card(category)
        assert not reply.may_show_answer
        assert reply.private
        assert "988" in words(reply)
    assert card("cardiac").may_show_answer


def test_what_each_kind_adds():
    assert "naloxone" in words(card("opioid"))
    assert "adrenaline pen" in words(card("anaphylaxis"))
    assert "poison line" in words(card("poisoning"))
    assert "1-800-222-1222 (United States)" in words(card("poisoning"))
    assert "Stay with them" in words(card("suicide_other"))


def test_words_that_fit_both_are_shown_where_it_is_not_clear_who_is_in_danger():
    either = card("suicide_self_or_other")
    assert "for yourself or for someone you are worried about" in either.heading
    assert "for you or someone you know" in CARDS.caution(Verdict(Tier.CAUTION, "suicide_self_or_other"))
    assert "You matter" not in words(either)


def test_no_card_promises_or_diagnoses():
    shown = " ".join(words(card(category)) for category in CATEGORIES).lower()
    assert not re.search(
        r"\b(you will be (fine|ok)|don't worry|help is on the way|you have a|heart attack|stroke)\b", shown
    )


def test_only_confirmed_numbers_are_kept():
    kept = {line.number for line in CARDS.lines}
    assert kept.isdisjoint(UNCONFIRMED)
    shown = " ".join(words(card(category, tuple(CARDS.country_names))) for category in CATEGORIES)
    assert not [number for number in UNCONFIRMED if re.search(rf"(?<![\d-]){re.escape(number)}(?![\d-])", shown)]


def test_numbers_for_a_country():
    assert CARDS.countries()[0] == ("US", "United States")
    for code, _ in CARDS.countries():
        assert CARDS.numbers(code)
    assert any("13 11 14" in line for line in CARDS.numbers("AU"))
    assert CARDS.numbers("ZZ") == ()


def test_a_caution_is_one_line_and_only_for_cautions():
    for category in CATEGORIES:
        line = CARDS.caution(Verdict(Tier.CAUTION, category, ("a-rule",)))
        assert line
        assert "\n" not in line
    assert CARDS.caution(Verdict(Tier.NONE)) == ""
    assert CARDS.caution(Verdict(Tier.EMERGENCY, "cardiac", ("a-rule",))) == ""


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        ("[cards.physical]", "[cards.physcal]", "There is no [cards.physical]"),
        ('repeat = "911 now, or', 'repeat = "Call 911 now, or', "starts with the number"),
        ('violence = "violence"', 'violence = "violnce"', "There is no [cards.violnce]"),
        ('country = "IE"', 'country = "XX"', "'XX' is not named under [countries]"),
        ("private = true", "privat = true", "privat"),
    ],
)
def test_a_fault_in_the_cards_is_told(tmp_path, wrong, right, told):
    text = LINES_FILE.read_text("utf-8")
    path = tmp_path / "lines.toml"
    path.write_text(text.replace(wrong, right, 1), "utf-8")
    with pytest.raises(RulesFaults) as caught:
        load_cards(path)
    assert told in str(caught.value)
    assert all(fault.line for fault in caught.value.faults)
