"""`ask`: one question, one reply."""

from __future__ import annotations

import json

from knowledge.safety.notice import NOTICE
from tests.showing import words

TITLE = "Twitching on My Left Cheek; Is Botox the Solution?"


def test_a_question_gets_its_answers_and_the_notice_in_quotes_or_not(run):
    quoted, loose = run("ask", TITLE), run("ask", *TITLE.split())
    assert quoted == loose
    assert quoted.code == 0
    assert "Matheson A. Harris, MD" in quoted.out
    assert words(quoted.out).endswith(words(NOTICE))
    assert "/no" not in quoted.out, "there is no chat to type it into"


def test_json_has_every_word_and_the_notice(run, shipped):
    ended = run("ask", "--json", TITLE)
    given = json.loads(ended.out)
    stored = shipped.questions["cheek-twitching-botox"]
    assert given["outcome"] == "answer"
    assert [answer["body"] for answer in given["question"]["answers"]] == [answer.body for answer in stored.answers]
    assert given["question"]["answers"][0]["byline"][0] == "Name not given on the source page"
    assert given["notice"] == NOTICE
    best = given["candidates"][0]
    assert best["id"] == "cheek-twitching-botox"
    assert best["guards"] == []
    assert best["features"].keys() >= best["contributions"].keys()
    assert given["matcher"] == shipped.matcher.version
    assert given["asking"]["kind"] == "question"
    assert given["why"][0].startswith("Answered")


def test_nothing_found_and_small_talk_are_no_faults(run):
    assert run("ask", "thanks").code == 0
    ended = run("ask", "--json", "how do I cook rice")
    assert ended.code == 0
    assert json.loads(ended.out)["outcome"] == "none"


def test_an_emergency_is_a_card_and_nothing_else(run):
    ended = run("ask", "crushing chest pain, I cannot breathe")
    assert ended.code == 0
    assert "911" in ended.out
    given = json.loads(run("ask", "--json", "crushing chest pain, I cannot breathe").out)
    assert given["outcome"] == "emergency"
    assert set(given) == {"outcome", "reason", "card", "why"}


def test_a_broken_book_holds_back_no_card(run, tmp_path):
    (tmp_path / "book.toml").write_text('[[question]]\ntitle = "When may I shower?"\n', encoding="utf-8")
    settings = tmp_path / "config.toml"
    settings.write_text('[knowledge]\npath = "book.toml"\n', encoding="utf-8")
    helped = run("--config", str(settings), "ask", "crushing chest pain, I cannot breathe")
    assert "911" in helped.out
    assert "book.toml:1" in helped.err
    assert helped.code == 1
    assert run("--config", str(settings), "ask", TITLE).out == ""


def test_a_question_may_begin_with_a_dash_and_hold_half_characters(run):
    assert run("ask", "--", "-5 kg, can botox \udcff stop my \ud83d cheek").code == 0
