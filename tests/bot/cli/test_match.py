"""`match`: what becomes of many texts, for measuring."""

from __future__ import annotations

import json

import pytest

TITLE = "Twitching on My Left Cheek; Is Botox the Solution?"
ALARM = "crushing chest pain, I cannot breathe"


@pytest.fixture
def asked(tmp_path):
    def write(*lines):
        file = tmp_path / "asked.jsonl"
        file.write_bytes(b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines))
        return str(file)

    return write


def told(ended):
    return [json.loads(line) for line in ended.out.splitlines()]


def test_every_text_gets_a_line_and_is_ranked_whatever_it_is(run, asked):
    ended = run("match", asked({"text": TITLE}, b"", {"text": ALARM}, {"text": "\ud83d \0"}))
    outcomes = [line["outcome"] for line in told(ended)]
    assert ended.code == 0
    assert outcomes == ["answer", "emergency", "none"]
    assert told(ended)[0]["candidates"][0]["id"] == "cheek-twitching-botox"
    assert told(ended)[1]["candidates"]


def test_it_answers_from_another_book_and_what_is_overheard_gets_no_choices(run, asked, tmp_path):
    book = tmp_path / "book.toml"
    titles = (f"How long does a {injured} ankle take to heal?" for injured in ("sprained", "broken"))
    book.write_text("".join(f'[[question]]\ntitle = "{title}"\nanswers = [{{body = "Weeks."}}]\n' for title in titles))
    words = "match", "--knowledge", str(book), asked({"text": "how long does my ankle take to heal"})
    (choices,) = told(run(*words))
    assert choices["outcome"] == "choices"
    assert len(choices["candidates"]) == 2
    (silence,) = told(run(*words, "--overheard"))
    assert silence == choices | {"outcome": "none"}


def test_a_broken_book_holds_back_no_alarm(run, asked, tmp_path):
    book = tmp_path / "book.toml"
    book.write_text('[[question]]\ntitle = "When may I shower?"\n', encoding="utf-8")
    ended = run("match", "--knowledge", str(book), asked({"text": TITLE}, {"text": ALARM}))
    assert ended.code == 1
    assert told(ended) == [{"outcome": outcome, "candidates": []} for outcome in ("none", "emergency")]
    assert "book.toml:1" in ended.err


def test_a_byte_order_mark_is_read(run, asked):
    assert told(run("match", asked(b'\xef\xbb\xbf{"text": "thanks"}')))[0]["outcome"] == "none"


@pytest.mark.parametrize(
    "line", [b'{"text": "\xff"}', b"thanks", b'{"text": 3}', b"[]", b'{"txt": "x"}', b"[" * 99_999]
)
def test_a_line_that_is_none_is_told_with_its_number(run, asked, line):
    ended = run("match", asked({"text": "thanks"}, line))
    assert ended.code == 1
    assert "asked.jsonl:2: write one JSON object a line" in " ".join(ended.err.split())
