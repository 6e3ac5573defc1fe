"""Pages of every kind we know of come out as a careful reader would take them apart; texts and names are invented."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from knowledge.content.pages import Page, question_of, read_page
from knowledge.errors import PageRefused

PAGES = sorted(Path(__file__).with_name("pages").glob("*.txt"))
ANSWER_KEYS = ("headline", "body", "name", "credentials", "rating", "reviews")


def fields(page: Page) -> dict:
    answers = [{key: getattr(answer, key) for key in ANSWER_KEYS} for answer in page.answers]
    return {"title": page.title, "details": page.details, "answers": answers, "notice": page.notice}


def words(page: Page) -> Counter[str]:
    """Count every word that a page's fields and dropped lines hold."""
    texts = [page.title, page.details, page.notice, *page.dropped]
    for answer in page.answers:
        texts += [answer.headline, answer.body, answer.name or "", answer.credentials or ""]
    return Counter(word for text in texts for word in text.split())


def codes(page: Page) -> list[str]:
    return sorted({warning.code for warning in page.warnings})


@pytest.fixture(params=PAGES, ids=lambda path: path.stem)
def page(request) -> Path:
    return request.param


def test_a_page_comes_out_as_expected(page):
    wanted = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    found = read_page(page.read_bytes())
    assert fields(found) | {"warnings": codes(found)} == wanted


def test_no_word_is_lost_or_doubled(page):
    text = page.read_text(encoding="utf-8")
    assert words(read_page(page.read_bytes())) == Counter(text.split())


@pytest.mark.parametrize("line_end", ["\r\n", "\r", " \t\r\n", "\u00a0\n", "\n\n"], ids=repr)
def test_line_ends_and_blanks_behind_lines_do_not_matter(page, line_end):
    text = page.read_bytes().decode()
    if line_end == "\n\n":  # every gap between paragraphs doubled
        changed = text.replace("\n\n", "\n\n\n\n") if "{{" not in text else text
    else:
        changed = text.replace("\n", line_end)
    assert fields(read_page(b"\xef\xbb\xbf" + changed.encode())) == fields(read_page(text.encode()))


def test_windows_1252_is_read_with_a_warning(page):
    text = page.read_text(encoding="utf-8") + "\n\n\u201cna\u00efve\u201d"
    try:
        data = text.encode("cp1252")
    except UnicodeEncodeError:
        pytest.skip("this page has letters that Windows-1252 lacks")
    found = read_page(data)
    assert fields(found) == fields(read_page(text.encode()))
    assert "not-utf-8" in codes(found)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b" \r\n\t\n", "empty"),
        ("\u00a0\n".encode(), "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not-text"),
        ("Title\n\nDoctor Answers 1\n".encode("utf-16"), "not-text"),
        (b"Title\n\nDoctor Answers 1\n\nBody\x00\n", "not-text"),
        (b"Title\n\nDoctor Answers 1\n\nBody \x81\x8d\n", "not-text"),
        (b"\x01\x02\x03", "not-text"),
        (b"Five things our patients ask\n\nOur doctors answer: 4.8 out of 5 stars.\n", "not-doctor-answers"),
        (b"Title\n\nDoctor Answers soon\n", "not-doctor-answers"),
        (b"The Doctor Answers 3 questions\n", "not-doctor-answers"),
        (b"x" * 1_000_001, "too-large"),
    ],
)
def test_what_is_no_such_page_is_refused_and_told_what_was_expected(data, reason):
    with pytest.raises(PageRefused, match=r'a line "Doctor Answers 3"') as refused:
        read_page(data)
    assert refused.value.reason == reason


def _without_count(name: str) -> bytes:
    lines = (PAGES[0].parent / name).read_text(encoding="utf-8").split("\n")
    return "\n".join(line for line in lines if not line.startswith("Doctor Answers")).encode()


def test_bylines_without_the_count_line_are_refused():
    with pytest.raises(PageRefused) as refused:
        read_page(_without_count("foreign-cities.txt"))
    assert refused.value.reason == "not-doctor-answers"


def test_bodies_run_together_without_any_byline_are_refused():
    text = (
        "Is it swollen?\n\nDoctor Answers 3\n\nFind a doctor near you.\n\nYes. I would wait.\n\nNo, see someone.\n\n"
        "These answers are for educational purposes only and are not medical advice.\n"
    )
    with pytest.raises(PageRefused, match="whose words are whose") as refused:
        read_page(text.encode())
    assert refused.value.reason == "not-doctor-answers"


def test_a_page_cut_inside_a_character_is_read_and_said_to_be_cut():
    data = "Title\n\nDoctor Answers 1\n\nHeadline\n\nIt costs 5 \u20ac".encode()[:-1]
    found = read_page(data)
    assert found.answers[0].body == "It costs 5"
    assert "truncated" in codes(found)


def test_every_warning_is_a_sentence_that_names_its_answer(page):
    for warning in read_page(page.read_bytes()).warnings:
        assert warning.message.endswith(".")
        assert str(warning) == f"{warning.code}: {warning.message}"
        assert ("Answer " in warning.message) == (
            warning.code in {"answer-without-byline", "impossible-rating", "answer-without-body"}
        )


def test_an_entry_keeps_where_it_came_from(page):
    data = page.read_bytes()
    question = question_of(read_page(data), page.name, data)
    assert question.source is not None
    assert (question.source.file, len(question.source.sha256)) == (page.name, 64)
    assert question.answers == read_page(data).answers
    assert 1 <= len(question.id) <= 48


@pytest.mark.parametrize(
    "name", ["Jane Doe, DDS, MS", "Jane Doe, M.D., Ph.D.", "Dr. Jane Doe", "Jane van der Doe MD FACS", "J. Doe, PA-C"]
)
def test_a_name_with_a_degree_above_credentials_is_a_byline_without_stars(name):
    first, second = "One\n\nYes.\n\nFargo Dentist", f"Two\n\nNo.\n\n{name}\nReno Dentist"
    text = f"Title\n\nDoctor Answers 2\n\n{first}\n\n{second}\n\nNot medical advice."
    assert read_page(text.encode()).answers[1].name == name


def test_a_town_with_its_state_is_no_name():
    byline = "Orange Park, FL\nWellness Coach\n4.6 out of 5 stars 3 reviews"
    text = f"Title\n\nDoctor Answers 1\n\nOne\n\nYes.\n\n{byline}\n\nNot medical advice."
    assert "Orange Park, FL" in (read_page(text.encode()).answers[0].credentials or "")
