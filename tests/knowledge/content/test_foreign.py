"""Files of other programs: every question that can be an entry becomes one, and everything else is told."""

from __future__ import annotations

import csv
import io
import json
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.content.foreign.formats import Format, detect, read_foreign
from knowledge.content.foreign.markup import plain_words
from knowledge.errors import PageRefused
from knowledge.model import Answer
from knowledge.text import fold

AZURE = "Question\tAnswer\tSource\tMetadata\tSuggestedQuestions\tIsContextOnly\tPrompts\tQnaId\tSourceDisplayName"


def _azure(*rows: str, header: str = AZURE) -> bytes:
    return "\r\n".join([header, *rows, ""]).encode()


def _row(question: str, answer: str, number: str = "1", metadata: str = "", context: str = "False") -> str:
    return f"{question}\t{answer}\tEditorial\t{metadata}\t[]\t{context}\t[]\t{number}\tEditorial"


def _read(data: bytes):
    found = detect(data)
    assert found is not None
    return read_foreign("faq.txt", data, found)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("<p>Take <b>one</b> daily.</p><p>Then stop.</p>", "Take one daily.\n\nThen stop."),
        ("under <5 mg, a<b and b>c, <me@a.org>", "under <5 mg, a<b and b>c, <me@a.org>"),
        ("&lt;5&nbsp;mg &amp; 38&#8451; AT&T;", "<5 mg & 38℃ AT&T;"),
        ("10<sup>9</sup> and H<sub>2</sub>O", "10^9 and H2O"),
        ("take <s>500</s><del>400</del> 50 mg", "take ~~500~~~~400~~ 50 mg"),
        ("<ol><li>Wash</li><li>Dry</li></ol><ul><li>Call</li></ul>", "1. Wash\n\n2. Dry\n\n- Call"),
        (
            '<a href="https://a.org/x">here</a> or [there](https://b.org "B")',
            "here (https://a.org/x) or there (https://b.org)",
        ),
        ('<img src="a.png" alt="A knee"/> ![](b.png)', "A knee (a.png) b.png"),
        ("# Heading\n**Never** use 2 ** 3, *maybe*, __init__", "Heading\nNever use 2 ** 3, *maybe*, __init__"),
        ("a<br>b<br/>c<!-- hidden --><script>x()</script>", "a\nb\nc"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
    ],
)
def test_markup_becomes_words(written, words):
    assert plain_words(written).replace("\n\n\n", "\n\n") == words


@given(st.text(alphabet=st.sampled_from("<>/&;ab p#*[]()!=\"'\n\\sup")))
@example("<" * 3000)
@example("**" * 3000)
@example("[" * 3000)
@example("<a href=" * 800)
def test_no_text_breaks_the_reading_of_markup(text):
    assert isinstance(plain_words(text), str)


@pytest.mark.timeout(5)
@pytest.mark.parametrize("piece", ["<!--", "<script>", " ", "<b ", "[](", "**a", "&#1", "<a href='", "\n ", "<ol><li>"])
def test_hostile_markup_is_read_in_time(piece):
    plain_words(piece * (60_000 // len(piece)))
    assert plain_words(piece * 60_000) == piece * 60_000 or len(piece) == 1


WORDS = (
    st.text(alphabet="abcdefgh ,.-'", min_size=1, max_size=20)
    .map(str.strip)
    .filter(lambda text: fold(text).strip(" ,.-'"))
)
ROWS = st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=8)


def _as_azure(rows):
    return _azure(*(_row(*row, str(number)) for number, row in enumerate(rows)))


def _as_table(rows):
    out = io.StringIO()
    csv.writer(out).writerows([("question", "answer"), *rows])
    return out.getvalue().encode()


def _as_qnabot(rows):
    return json.dumps({"qna": [{"q": [question], "a": answer} for question, answer in rows]}).encode()


@given(ROWS, st.sampled_from([_as_azure, _as_table, _as_qnabot]))
def test_every_answer_is_found_under_its_question_or_told_as_skipped(rows, write):
    reading = _read(write(rows))
    told = "\n".join(map(str, reading.skipped))
    said = {
        (fold(wording), one.body) for found in reading.questions for wording in found.wordings for one in found.answers
    }
    for question, answer in rows:
        title = " ".join(question.split())
        assert (fold(title), answer) in said or f'the question "{title}" stands already' in told
    assert all(answer.name is None for found in reading.questions for answer in found.answers)


@given(st.text(alphabet=st.characters(exclude_characters="<&*[#\r", exclude_categories=["Cs"])))
def test_text_without_markup_stays(text):
    kept = "".join(plain_words(text).split())
    assert kept == "".join(text.split())


def test_azure_alternate_questions_become_phrasings():
    data = _azure(
        _row("Is it safe?", r"Yes.\n\n<b>But</b> ask."),
        _row("Can I take it?", r"Yes.\n\n<b>But</b> ask."),
        _row("Why?", "Because.", "2", "topic:pain|author:Jane Doe, MD"),
    )
    assert detect(data) is Format.AZURE
    reading = _read(data)
    first, second = reading.questions
    assert (first.id, first.title, first.phrasings) == ("is-it-safe", "Is it safe?", ("Can I take it?",))
    assert first.answers == (Answer("Yes.\n\nBut ask."),)
    assert (second.topics, second.answers) == (("pain",), (Answer("Because."),))
    assert [str(left) for left in reading.left_out] == ["Metadata author: line 4"]
    assert not reading.skipped


def test_azure_rows_that_cannot_stand_alone_are_skipped_with_their_reason():
    data = _azure(
        _row("And at night?", "No.", "1", context="True"),
        _row("", "No.", "2"),
        _row("Empty?", " ", "3"),
        "short\trow",
        _row("Twice?", "One.", "4"),
        _row("Twice?", "Two.", "5"),
    )
    reading = _read(data)
    assert [question.answers[0].body for question in reading.questions] == ["One."]
    told = {skipped.place: skipped.reason for skipped in reading.skipped}
    assert set(told) == {"line 2", "line 3", "line 4", "line 5", "line 7"}
    assert "cannot stand alone" in told["line 2"]
    assert told["line 7"].startswith('the question "Twice?" stands already at line 6')


def test_azure_quotes_at_the_begin_of_a_question_are_words():
    reading = _read(_azure(_row('"Open" wound?', 'Say "ah'), _row('"""Dry"" socket?"', "Rinse.", "2")))
    assert [question.title for question in reading.questions] == ['"Open" wound?', '"Dry" socket?']
    assert reading.questions[0].answers[0].body == 'Say "ah'


def test_azure_saved_by_a_spreadsheet_keeps_line_ends_in_quotes():
    reading = _read(_azure('How?\t"First.\r\n\r\nThen ""this""."\tE\t\t[]\tFalse\t[]\t1\tE'))
    assert reading.questions[0].answers[0].body == 'First.\n\nThen "this".'


def test_azure_without_ids_joins_wordings_by_a_long_answer_alone():
    long = "Rest the joint, cool it, and see a doctor if it swells."
    rows = [
        f"{question}\t{answer}\tE\t"
        for question, answer in [
            ("Sprain?", long),
            ("Twisted ankle?", long),
            ("Is it safe?", "Yes."),
            ("Is it contagious?", "Yes."),
        ]
    ]
    reading = _read(_azure(*rows, header="Question\tAnswer\tSource\tMetadata"))
    assert [question.wordings for question in reading.questions] == [
        ("Sprain?", "Twisted ankle?"),
        ("Is it safe?",),
        ("Is it contagious?",),
    ]


def _item(**more) -> dict:
    return {"qid": "Pain.001", "q": ["Is it safe?", "may i take it"], "a": "Yes.", "type": "qna"} | more


def test_qnabot_items_become_entries():
    card = {"title": "", "imageUrl": "", "buttons": [{"text": "", "value": ""}]}
    items = [
        _item(t="pain", r=card, args=[""], l="", alt={"markdown": "*Yes.*", "ssml": ""}),
        _item(qid="Pain.002", q=["Why?"], a="", alt={"markdown": "# Because\nSo."}, r={"title": "x"}),
    ]
    data = b"\xef\xbb\xbf" + json.dumps({"qna": items}).encode()
    assert detect(data) is Format.QNABOT
    reading = _read(data)
    first, second = reading.questions
    assert (first.id, first.phrasings, first.topics) == ("is-it-safe", ("may i take it",), ("pain",))
    assert [question.answers for question in (first, second)] == [(Answer("Yes."),), (Answer("Because\nSo."),)]
    assert [str(left) for left in reading.left_out] == ["Response cards: item 2 (Pain.002)"]


def test_qnabot_items_whose_words_are_not_known_are_skipped():
    items = [
        _item(q=["One?"], a="Hello {{UserInfo.UserName}}."),
        _item(q=["Two?"], l="QNA:hook"),
        _item(q=["Three?"], type="quiz"),
        _item(q="Four?"),
        _item(q=["Five?"], a=None),
        "six",
    ]
    reading = _read(json.dumps({"qna": items}).encode())
    assert not reading.questions
    reasons = ["template", "Lambda", "quiz", "no question", "no answer", "no object"]
    assert all(reason in str(skipped) for reason, skipped in zip(reasons, reading.skipped, strict=True))


def test_a_table_has_several_experts_answers_to_one_question():
    table = (
        "ID,Question,Answer,Doctor,Credentials,Rating,Reviews,As of,Phrasings,Topics,Colour\n"
        'knee-pain,Why does my knee hurt?,"Rest, then\nask.","Ann Ba, MD",Orthopedist,4.9,"1,018",2026-01-31,'
        "sore knee|knee ache,knee|pain,red\n"
        "knee-pain,Why does my knee hurt?,Walk.,,,five,many,31.1.2026,,,\n"
    )
    reading = _read(table.encode())
    (question,) = reading.questions
    assert (question.id, question.phrasings) == ("knee-pain", ("sore knee", "knee ache"))
    assert question.topics == ("knee", "pain")
    assert question.answers == (
        Answer("Rest, then\nask.", "", "Ann Ba, MD", "Orthopedist", 4.9, 1018, as_of=date(2026, 1, 31)),
        Answer("Walk."),
    )
    assert len(reading.left_out) == 4
    assert str(reading.left_out[0]) == 'The column "colour": every row'
    assert not reading.skipped


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_table_may_have_other_marks_between_its_columns(delimiter):
    (question,) = _read(f"answer{delimiter}question\r\nYes, it is.{delimiter}Safe?\r\n".encode("utf-16")).questions
    assert (question.title, question.answers) == ("Safe?", (Answer("Yes, it is."),))


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_spreadsheets_hint_and_blank_lines_stand_above_no_column(line_end):
    data = line_end.join(["sep=;", "", "question;answer", "Safe?;Yes.", "Sure?;"]).encode()
    assert detect(data) is Format.CSV
    reading = _read(data)
    assert [question.title for question in reading.questions] == ["Safe?"]
    assert reading.skipped[0].place == "line 5"


def test_a_row_with_a_comma_too_many_is_skipped_and_not_cut():
    reading = _read(b"question,answer\nSafe?,No, never.\nOther?,Fine.\n")
    assert [question.title for question in reading.questions] == ["Other?"]
    assert reading.skipped[0].place == "line 2"


def test_what_is_too_long_is_told_and_the_rest_is_kept():
    long = "x" * 301
    reading = _read(f"question,answer,phrasings\nSafe?,Yes.,{long}|ok?\n{long},No.,\n".encode())
    (question,) = reading.questions
    assert question.phrasings == ("ok?",)
    assert "301 characters" in reading.skipped[0].reason
    assert reading.left_out[0].places == ("line 2",)


@pytest.mark.parametrize(
    ("data", "wanted", "told"),
    [
        (b'question,answer\nSafe?,"No\n', Format.CSV, "row that begins on line 2"),
        (b"a,b\n1,2\n", Format.CSV, "called question"),
        (b"question,answer\nSafe?,Caf\xe9\n", Format.CSV, "Line 2 is not UTF-8"),
        (b"Question\tAnswer\n", Format.AZURE, "no export of Azure"),
        (_azure('"Safe?\tNo.'), Format.AZURE, "row that begins on line 2"),
        (b'{"qna": [', Format.QNABOT, "It is not JSON"),
        (b'{"qna": {}}', Format.QNABOT, "one JSON object"),
        (b'{"qna": ' + b"[" * 100_000, Format.QNABOT, "QnABot"),
        (b"  \n", Format.CSV, "empty"),
    ],
)
def test_what_cannot_be_read_is_refused_whole(data, wanted, told):
    with pytest.raises(PageRefused, match=told):
        read_foreign("faq.txt", data, wanted)


@pytest.mark.parametrize(
    "text", ["Is this, a page?\n\nDoctor Answers 1\n", "Question and answer\n", "", "# a\n", "question,mark\n"]
)
def test_other_files_are_none_of_these(text):
    assert detect(text.encode()) is None


@given(st.binary(max_size=200), st.sampled_from(Format))
def test_any_bytes_are_read_or_refused(data, wanted):
    with suppress(PageRefused):
        assert read_foreign("faq.txt", data, wanted).questions == ()
