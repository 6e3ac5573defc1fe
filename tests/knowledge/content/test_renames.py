"""The same answers under another title are the same entry: for its id, and for what counts as lost."""

from __future__ import annotations

import pytest

from knowledge.content.book import read_book_text
from knowledge.content.files import BookFile
from knowledge.content.losses import may_be_unfinished, why_held
from knowledge.content.renames import with_kept_ids


def entry(title, body, given=""):
    head = f'id = "{given}"\n' if given else ""
    return f'[[question]]\n{head}title = "{title}"\n[[question.answers]]\nbody = "{body}"\n'


def book(*entries):
    return read_book_text("book.toml", "".join(entries))


def ids(before, after, kept=None):
    found, renamed = with_kept_ids(book(*after), book(*before), kept or {})
    assert set(found.positions) == {question.id for question in found.questions}
    return [question.id for question in found.questions], dict(renamed)


A, B = entry("Why A", "aaa"), entry("Why B", "bbb")


@pytest.mark.parametrize(
    ("before", "after", "expected", "renamed"),
    [
        ([A, B], [A, B], ["why-a", "why-b"], {}),
        ([A, B], [entry("How A", "aaa"), B], ["why-a", "why-b"], {"how-a": "why-a"}),
        ([entry("Why A", "aaa", "old")], [entry("How A", "aaa")], ["old"], {"how-a": "old"}),
        # Mended answers under a mended title are another entry.
        ([A], [entry("How A", "aab")], ["how-a"], {}),
        # An id that the file gives is that entry's, whatever it was called before.
        ([A], [entry("How A", "aaa", "new")], ["new"], {}),
        # An entry that is still there keeps its id for itself.
        ([A], [A, entry("How A", "aaa")], ["why-a", "how-a"], {}),
        # Where two could be meant, none is.
        ([A, entry("Why C", "aaa")], [entry("How A", "aaa")], ["how-a"], {}),
        ([A], [entry("How A", "aaa"), entry("How C", "aaa")], ["how-a", "how-c"], {}),
    ],
)
def test_an_entry_without_an_id_keeps_the_one_it_had(before, after, expected, renamed):
    assert ids(before, after) == (expected, renamed)


def test_what_was_kept_stays_kept_until_the_file_gives_ids():
    kept = {"how-a": "why-a"}
    assert ids([], [entry("How A", "changed")], kept) == (["why-a"], kept)
    assert ids([], [entry("How A", "aaa", "how-a")], kept) == (["how-a"], {})
    assert ids([], [entry("How A", "aaa"), entry("Why A", "bbb", "why-a")], kept) == (["how-a", "why-a"], {})
    assert ids([], [B], kept) == (["why-b"], {})


def files(text):
    return [BookFile("book.toml", text.encode())]


def held(before, after):
    return why_held(book(*before), book(*after), files("".join(before)), files("".join(after)))


TEN = [entry(f"Why {number}", f"answer {number}", f"e{number}") for number in range(10)]


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (TEN[3:], "lack 3 of the 10"),
        ([], "no entry any more"),
        (TEN[:9], "ends early"),
        (TEN[2:], ""),
        (list(reversed(TEN)), ""),
        # New ids for the same answers are no loss.
        ([one.replace('id = "e', 'id = "f') for one in TEN], ""),
        # The same answers a second time make up for none that is gone.
        ([*TEN[3:], entry("Why again", "answer 9", "more")], "lack 3 of the 10"),
    ],
)
def test_what_waits_for_an_owner(after, told):
    reason = held(TEN, after)
    assert told in reason
    assert bool(told) == bool(reason)


def test_three_of_fifteen_are_a_fifth_and_no_more():
    fifteen = [entry(f"Why {number}", f"answer {number}", f"e{number}") for number in range(15)]
    assert held(fifteen, fifteen[3:]) == ""
    assert held(fifteen, fifteen[4:])
    assert held([], TEN) == ""


def test_a_file_whose_end_changed_may_be_unfinished():
    whole = "".join(TEN) * 3
    assert not may_be_unfinished(files(whole), files("# new\n" + whole))
    assert may_be_unfinished(files(whole), files(whole[:-5]))
    assert may_be_unfinished(files(whole), [])
    assert may_be_unfinished(files(whole), [*files(whole), BookFile("more.toml", b"")])
