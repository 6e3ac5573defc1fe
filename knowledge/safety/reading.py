"""A member's text as the screen reads it: plain words, sentences, clauses, numbers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from knowledge.safety.disguises import Disguises
    from knowledge.safety.spelling import Spelling

# Discord's longest message; what is longer is read at its start and end.
READ_CHARACTERS = 4_000
_UNFOLDED_CHARACTERS = 5_000

# Quotation marks, dashes and dots have many forms; a line end closes a sentence.
_FORMS = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u00b4": "'", "`": "'", "\u201c": '"', "\u201d": '"', "\u201e": '"'}
    | {"\u2026": " . ", "\n": " . ", "\u2013": " - ", "\u2014": " - ", "+": " and ", "&": " and "}
)
# The sign that a form has, where it stands, and what it stands for.
_SHORT_FORMS = (
    (
        "2",
        re.compile(r"\b(want|wanna|need|going|have|got|try|trying|ready|able|how|like|used|about) 2 (?=[a-z])"),
        r"\1 to ",
    ),
    ("w/o", re.compile(r"\bw/o\b"), " without "),
    ("w/", re.compile(r"\bw/"), " with "),
    # After a number it is a week.
    (" w ", re.compile(r"(?<!\d) w (?=[a-z])"), " with "),
    ("/", re.compile(r"\b(\d{2,3}) ?/ ?(\d{2,3})\b"), r"\1 over \2"),
)
# Digits and signs that stand for letters inside a word: "su1cide", "d!e".
_LETTER_SIGN = re.compile(r"(?<=[a-z])[01345!@$](?=[a-z])")
_LETTERS = {"1": "i", "!": "i", "3": "e", "4": "a", "@": "a", "0": "o", "5": "s", "$": "s"}
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)?|[^\W\d_]+(?:['*][^\W\d_]+)*|[^\w\s]")
# No English word has a letter three times in a row.
_RUN = re.compile(r"([^\W\d])\1{2,}")
_THOUSAND_DIGITS = 3
_SENTENCE_ENDS = frozenset(".?!;")
_CLAUSE_ENDS = frozenset(",:()")
# Words that turn away from what was said, as a comma would.
_TURNS = frozenset({"but", "however", "except"})
_NUMBER_WORDS = {
    word: float(value)
    for value, words in {
        1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten",
        11: "eleven", 12: "twelve dozen", 15: "fifteen", 20: "twenty", 24: "twentyfour", 25: "twentyfive", 30: "thirty",
        40: "forty", 50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety", 100: "hundred",
    }.items()
    for word in words.split()
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a text, fillers dropped and typos mended, each with the sentence and the clause it stands in.

    `numbers` gives the value of the words that are numbers, by position. `quoted` tells which words stand between
    quotation marks, `asks` whether there is a question mark.
    """

    words: tuple[str, ...]
    sentences: tuple[int, ...]
    clauses: tuple[int, ...]
    quoted: tuple[bool, ...]
    numbers: Mapping[int, float]
    asks: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads texts. `short_forms` gives the words that a written form stands for, `fillers` the words to drop."""

    disguises: Disguises
    short_forms: Mapping[str, tuple[str, ...]]
    fillers: frozenset[str]
    signs: frozenset[str]
    spelling: Spelling

    def read(self, text: str) -> Reading:
        """Give the words of `text`; for a text over 4,000 characters, of its first and last halves of that length."""
        words: list[str] = []
        places: list[tuple[int, int, bool]] = []
        sentence = clause = 0
        quoting = asks = False
        mend = self.spelling.mender()
        known: dict[str, tuple[str, ...]] = {}
        for sign in _TOKEN.findall(self.disguises.undone(_spelled_out(self.disguises.joined(_cut(text))))):
            if sign in _SENTENCE_ENDS:
                sentence, clause = sentence + 1, clause + 1
                asks |= sign == "?"
            elif sign in _CLAUSE_ENDS:
                clause += 1
            elif sign == '"':
                quoting = not quoting
            else:
                if sign not in known:
                    known[sign] = tuple(self._words(sign, mend))
                for word in known[sign]:
                    clause += word in _TURNS
                    words.append(word)
                    places.append((sentence, clause, quoting))
        values = {word: value for word in set(words) if (value := _value(word)) is not None}
        return Reading(
            words=tuple(words),
            sentences=tuple(place[0] for place in places),
            clauses=tuple(place[1] for place in places),
            # A mark that is never closed quotes nothing.
            quoted=tuple(place[2] and not quoting for place in places),
            numbers={at: values[word] for at, word in enumerate(words) if word in values},
            asks=asks,
        )

    def _words(self, token: str, mend: Callable[[str], str]) -> Iterable[str]:
        if not token[0].isalpha():
            return (token,) if token[0].isdecimal() or token in self.signs else ()
        word = token.replace("'", "").replace("*", "")
        known = word in self.short_forms or word in self.fillers
        return _parts(word if known else mend(word), self.short_forms, self.fillers)


def plain_words(text: str, short_forms: Mapping[str, tuple[str, ...]], fillers: frozenset[str]) -> tuple[str, ...]:
    """Give the words of a term of the rules as they come out of a text, with no spelling mended."""
    tokens = _TOKEN.findall(_spelled_out(text))
    return tuple(word for token in tokens for word in _parts(token.replace("'", ""), short_forms, fillers))


def _parts(word: str, short_forms: Mapping[str, tuple[str, ...]], fillers: frozenset[str]) -> Iterator[str]:
    return (part for part in short_forms.get(word, (word,)) if part not in fillers)


def _cut(text: str) -> str:
    """Give what is read of a text: for a long one, its first and last halves of `READ_CHARACTERS`."""
    if len(text) <= READ_CHARACTERS:
        return text
    half = READ_CHARACTERS // 2
    return f"{text[:half]} {text[-half:]}"


def _spelled_out(text: str) -> str:
    """Give the folded text, with quotation marks and dashes of one kind and signs spelled as words."""
    plain = text.translate(_FORMS)
    if not plain.isascii():  # one character may unfold to eighteen
        plain = unicodedata.normalize("NFKD", plain)[:_UNFOLDED_CHARACTERS]
    spelled = fold(plain)
    for sign, pattern, words in _SHORT_FORMS:
        if sign in spelled:
            spelled = pattern.sub(words, spelled)
    spelled = _LETTER_SIGN.sub(lambda found: _LETTERS[found[0]], spelled)
    return _RUN.sub(r"\1\1", spelled)


def _value(word: str) -> float | None:
    """Give the number that a word says, or None."""
    if word in _NUMBER_WORDS:
        return _NUMBER_WORDS[word]
    if not word[0].isdecimal() or ":" in word:
        return None
    whole, _, part = word.replace(",", ".").partition(".")
    thousands = "," in word and len(part) == _THOUSAND_DIGITS
    return float(whole + part) if thousands else float(f"{whole}.{part or 0}")
