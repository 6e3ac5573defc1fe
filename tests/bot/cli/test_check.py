"""`check` tells all that is wrong, with lines, and ends with what it found."""

from __future__ import annotations

import json

import pytest

from bot.cli.app import main
from bot.cli.exits import Exit
from knowledge.safety.cards import load_cards
from knowledge.safety.rules import load_rules

GOOD = """
[[question]]
id = "shower-with-stitches"
title = "When may I shower with stitches in my arm?"
phrasings = ["can I get my stitches wet"]
examples = ["when may I shower with stitches in my arm"]
[[question.answers]]
body = "After a day, if your surgeon agrees."

[[nothing]]
text = "what is the capital of France"
"""


@pytest.fixture
def book(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path / "book.toml"


def test_a_good_file_has_no_faults(book, capsys):
    book.write_text(GOOD)
    assert main(["check", str(book)]) == Exit.DONE
    assert capsys.readouterr().out.endswith("\nNo faults: 1 question, 2 texts tried.\n")


@pytest.mark.usefixtures("book")
def test_the_shipped_book_has_no_faults(capsys):
    assert main(["check"]) == Exit.DONE, capsys.readouterr().out


def test_whether_a_clinician_signed_the_rules_and_cards_is_told(book, capsys):
    book.write_text(GOOD)
    main(["check", str(book)])
    rules, cards, *_ = capsys.readouterr().out.splitlines()
    assert rules == f"Emergency rules and weights: {load_rules().review}"
    assert cards == f"Emergency cards: {load_cards().review}"


def test_examples_are_tried_on_the_real_matcher(book, capsys):
    book.write_text(
        GOOD.replace("when may I shower with stitches in my arm", "how do I train a dog").replace(
            "what is the capital of France", "when may I shower with stitches in my arm?"
        )
    )
    assert main(["check", str(book)]) == Exit.FAULTS
    out = capsys.readouterr().out
    assert f"{book}:2: entry 'shower-with-stitches': the example \"how do I train a dog\" brings nothing" in out
    assert f'{book}:10: "when may I shower with stitches in my arm?" must find nothing and brings' in out


def test_an_example_that_brings_an_alarm_is_a_fault(book, capsys):
    book.write_text(GOOD.replace("when may I shower with stitches in my arm", "I took too many pills and want to die"))
    assert main(["check", str(book)]) == Exit.FAULTS
    assert "brings an emergency card" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("title", "told"),
    [
        pytest.param("Help", "says too little to be answered by itself", id="a lone word"),
        pytest.param("What is it like?", "says too little to be answered by itself", id="no word that says what"),
        pytest.param("Thank you so much!", "says too little to be answered by itself", id="small talk"),
        pytest.param("I have crushing chest pain, what now?", "reads like an emergency", id="an alarm"),
        pytest.param("¿Cuándo me puedo duchar con los puntos?", "does not read as English", id="another language"),
    ],
)
def test_a_wording_that_its_entry_never_answers_is_worth_a_look(book, capsys, title, told):
    titled = GOOD.replace("When may I shower with stitches in my arm?", title).replace("examples", "topics")
    book.write_text(titled, "utf-8")
    assert main(["check", str(book)]) == Exit.DONE
    out = capsys.readouterr().out
    assert f"{book}:2: entry 'shower-with-stitches': \"{title}\" {told}" in out
    assert "can I get my stitches wet" not in out
    assert main(["ask", "--json", title, "--config", str(settings_of(book))]) == Exit.DONE
    assert json.loads(capsys.readouterr().out)["outcome"] != "answer"


def settings_of(book):
    settings = book.with_name("config.toml")
    settings.write_text(f'[knowledge]\npath = "{book.name}"\n', "utf-8")
    return settings


def test_faults_are_told_with_their_lines(book, capsys):
    book.write_text(GOOD.replace("title =", "titel ="))
    assert main(["check", str(book)]) == Exit.FAULTS
    out = capsys.readouterr().out
    assert f"{book}:4: entry 'shower-with-stitches': the key titel is unknown (did you mean title?)" in out
    assert f"{book}:2: entry 'shower-with-stitches': title is missing" in out


def test_warnings_stand_apart_and_are_no_faults(book, capsys):
    twice = GOOD.replace("shower-with-stitches", "second").replace('examples = ["when', 'topics = ["when')
    book.write_text(GOOD.replace('id = "shower-with-stitches"\n', "") + twice)
    main(["check", str(book)])
    out = capsys.readouterr().out
    assert "Worth a look, but no fault:" in out
    assert "no id is given" in out
    assert "is a wording of the entry" in out


def test_warnings_stand_in_the_order_of_their_lines(book, capsys):
    first = GOOD.replace("shower-with-stitches", "first").replace('examples = ["when', 'topics = ["when')
    book.write_text(first + GOOD.replace('id = "shower-with-stitches"\n', ""))
    main(["check", str(book)])
    lines = [int(one.split(":")[1]) for one in capsys.readouterr().out.splitlines() if one.startswith(f"  {book}:")]
    assert len(lines) > 1
    assert lines == sorted(lines)


def test_what_takes_a_while_is_said_beforehand(book, capsys, monkeypatch):
    book.write_text(GOOD)
    main(["check", str(book)])
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("bot.cli.check._MANY", 1)
    assert main(["check", str(book)]) == Exit.DONE
    assert "the 2 wordings. With so many this takes a while.\n" in capsys.readouterr().err


def test_an_answer_that_stands_in_an_entry_twice_is_worth_a_look(book, capsys):
    answer = GOOD[GOOD.index("[[question.answers]]") : GOOD.index("[[nothing]]")]
    book.write_text(GOOD.replace(answer, answer + answer))
    assert main(["check", str(book)]) == Exit.DONE
    assert f"{book}:2: entry 'shower-with-stitches': answer 2 says the same as answer 1" in capsys.readouterr().out


def test_faults_of_settings_and_knowledge_are_told_together(book, tmp_path, capsys):
    book.write_text(GOOD.replace("body =", "bodi ="))
    settings = tmp_path / "mine.toml"
    settings.write_text("[answers]\nanswer_ad = 0.9\n")
    assert main(["check", str(book), "--config", str(settings)]) == Exit.USAGE
    out = capsys.readouterr().out
    assert f"{settings}:2:" in out
    assert f"{book}:8:" in out


def test_a_missing_file_is_a_fault(book, capsys):
    assert main(["check", str(book)]) == Exit.FAULTS
    assert f"{book}: there is no such file" in capsys.readouterr().out


def test_an_empty_book_and_a_day_that_is_still_to_come_are_told(book, capsys):
    book.write_text("")
    assert main(["check", str(book)]) == Exit.DONE
    assert "No question stands in there yet" in capsys.readouterr().out
    book.write_text(GOOD.replace('agrees."', 'agrees."\nchecked = 9020-01-31'), "utf-8")
    assert main(["check", str(book)]) == Exit.DONE
    assert "still to come" in capsys.readouterr().out


def test_stale_checks_are_listed_on_request(book, capsys):
    book.write_text(GOOD.replace('agrees."', 'agrees."\nchecked = 2020-01-31'), "utf-8")
    settings = book.with_name("settings.toml")
    settings.write_text("[answers]\nreview_after = 365\n", "utf-8")
    assert main(["check", str(book), "--config", str(settings)]) == Exit.DONE
    assert "last checked" not in capsys.readouterr().out
    assert main(["check", str(book), "--stale", "--config", str(settings)]) == Exit.DONE
    assert (
        "book.toml:2: entry 'shower-with-stitches': answer 1 was last checked on 2020-01-31" in capsys.readouterr().out
    )
    assert main(["check", str(book), "--stale"]) == Exit.DONE
    assert "review_after" in capsys.readouterr().out
