"""What an alarm shows: emergency cards, the caution line, and the numbers of each country."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date  # pydantic reads it at run time
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, HttpUrl

from knowledge.errors import Fault, RulesFaults
from knowledge.model import CardReply, Tier
from knowledge.safety.review import ReviewText
from knowledge.safety.toml_file import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from knowledge.model import Verdict
    from knowledge.safety.review import Review
    from knowledge.toml_lines import TomlPath

BASE_COUNTRY = "US"
LINES_FILE = Path(__file__).with_name("lines.toml")
# Whose emergency numbers a card names when the operator has set no country.
_USUAL_COUNTRIES = ("EU", "GB", "AU")
# Every place for numbers in the cards' words.
_MARKS = ("others", "local", "crisis", "helplines", "poison")
# What stands for {local} and {helplines} where no country is set.
_LOCAL = "your local emergency number"
_HELPLINES = "findahelpline.com"

Service = Literal["emergency", "crisis", "poison"]


@dataclass(frozen=True, slots=True)
class Line:
    """A number to call in one country, how it is reached, the page that says so and when that page was read."""

    country: str
    service: Service
    name: str
    number: str
    how: str
    page: str
    checked: date

    def __str__(self) -> str:
        """Give the line as a sentence, number first: "13 11 14: Lifeline. Call, at any hour."."""
        return self.told()

    def told(self, country: str = "") -> str:
        """Give the line as a sentence, with the country's name where one is given."""
        number = f"{self.number} ({country})" if country else self.number
        return f"{number}: {self.name}. {self.how}." if self.how else f"{number}: {self.name}."


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of one kind of card. `{others}`, `{crisis}` and other marks in braces stand for numbers."""

    heading: str
    lines: tuple[str, ...]
    repeat: str
    caution: str
    private: bool
    may_show_answer: bool


@dataclass(frozen=True, slots=True)
class Cards:
    """The cards by kind, which kind each category of alarm shows, and every country's numbers."""

    wordings: Mapping[str, Wording]
    shown_for: Mapping[str, str]
    country_names: Mapping[str, str]
    lines: tuple[Line, ...]
    review: Review

    def card(self, verdict: Verdict, countries: Sequence[str] = (), own_lines: Sequence[str] = ()) -> CardReply:
        """Give the card for an alarm.

        The numbers of `countries` (codes such as "GB") and a server's `own_lines` are added; 911 always stays.
        """
        wording = self._wording(verdict.category)
        lines = [filled for line in wording.lines if (filled := self._filled(line, countries))]
        return CardReply(
            category=verdict.category,
            heading=wording.heading,
            lines=(*lines[:-1], *own_lines, *lines[-1:]),
            repeat=self._filled(wording.repeat, countries),
            private=wording.private,
            may_show_answer=wording.may_show_answer,
        )

    def caution(self, verdict: Verdict, countries: Sequence[str] = (), own_lines: Sequence[str] = ()) -> str:
        """Give the line that stands above an answer when a text sounded alarming but not urgent; else ""."""
        if verdict.tier is not Tier.CAUTION:
            return ""
        return " ".join((self._filled(self._wording(verdict.category).caution, countries), *own_lines))

    def countries(self) -> tuple[tuple[str, str], ...]:
        """Give code and name of every country that has numbers, the base country first, the others by name."""
        return tuple(sorted(self.country_names.items(), key=lambda item: (item[0] != BASE_COUNTRY, item[1])))

    def numbers(self, country: str) -> tuple[str, ...]:
        """Give one country's numbers as sentences, ready to show; nothing for a country that is not kept."""
        return tuple(str(line) for line in self.lines if line.country == country)

    def _wording(self, category: str) -> Wording:
        return self.wordings[self.shown_for.get(category, "physical")]

    def _filled(self, text: str, countries: Sequence[str]) -> str:
        for mark in _MARKS:
            if "{" + mark + "}" in text:
                text = text.replace("{" + mark + "}", self._numbers_for(mark, countries))
        return text.strip()

    def _numbers_for(self, mark: str, countries: Sequence[str]) -> str:
        added = [code for code in dict.fromkeys(countries) if code in self.country_names and code != BASE_COUNTRY]
        if mark == "others":
            return ", ".join(map(self._emergency_number, added or _USUAL_COUNTRIES))
        if mark == "local":
            return ", ".join(map(self._emergency_number, added)) or _LOCAL
        if mark == "helplines":
            lines = self._lines("crisis", added)
            return ", ".join(f"{line.number} ({self.country_names[line.country]})" for line in lines) or _HELPLINES
        # Who reads this in a server of another country finds that country's lines first.
        wanted = (*added, BASE_COUNTRY) if added else (BASE_COUNTRY, *_USUAL_COUNTRIES)
        told = [line.told(self.country_names[line.country]) for line in self._lines(mark, wanted)]
        # On a telephone a long line breaks: where there are several, each begins with a bullet.
        return "\n".join(f"- {line}" for line in told) if len(told) > 1 else "".join(told)

    def _lines(self, service: str, countries: Sequence[str]) -> list[Line]:
        return [line for code in countries for line in self.lines if (line.country, line.service) == (code, service)]

    def _emergency_number(self, country: str) -> str:
        line = next(line for line in self.lines if (line.country, line.service) == (country, "emergency"))
        return f"{line.number} ({self.country_names[country]})"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


_Text = Annotated[str, Field(min_length=1, max_length=400)]


class _CardText(_Model):
    heading: _Text
    lines: list[_Text]
    repeat: _Text
    caution: _Text
    private: bool = False
    may_show_answer: bool


class _LineText(_Model):
    country: _Text
    service: Service
    name: _Text
    number: _Text
    how: str = ""
    page: HttpUrl
    checked: date


class _FileText(_Model):
    review: ReviewText = ReviewText()
    cards: dict[str, _CardText]
    shown_for: dict[str, str]
    countries: dict[str, _Text]
    line: list[_LineText]


def load_cards(path: Path = LINES_FILE) -> Cards:
    """Read and check the cards and numbers in `path`; raises RulesFaults with everything that is wrong."""
    file, content, lines = read_toml(path, _FileText)
    faults = [Fault(path.name, lines.line(where), message) for where, message in _faults(file)]
    if faults:
        raise RulesFaults(faults)
    return Cards(
        wordings=MappingProxyType({kind: _wording(text) for kind, text in file.cards.items()}),
        shown_for=MappingProxyType(file.shown_for),
        country_names=MappingProxyType(file.countries),
        lines=tuple(Line(**{**text.model_dump(), "page": str(text.page)}) for text in file.line),
        review=file.review.review_of(content),
    )


def _wording(text: _CardText) -> Wording:
    return Wording(**{**text.model_dump(), "lines": tuple(text.lines)})


def _faults(file: _FileText) -> Iterator[tuple[TomlPath, str]]:
    if "physical" not in file.cards:
        yield ("cards",), "There is no [cards.physical], which every other category shows."
    for category, kind in file.shown_for.items():
        if kind not in file.cards:
            yield ("shown_for", category), f"There is no [cards.{kind}]."
    for kind, card in file.cards.items():
        if "911" not in " ".join((card.heading, *card.lines)):
            yield ("cards", kind, "lines"), "The card does not name 911, which always stays."
        if not re.match(r"\d{3}\b", card.repeat):
            yield ("cards", kind, "repeat"), "The repeated line starts with the number to call."
    yield from _number_faults(file)


def _number_faults(file: _FileText) -> Iterator[tuple[TomlPath, str]]:
    for code in {BASE_COUNTRY, *_USUAL_COUNTRIES, *file.countries}:
        if not any((line.country, line.service) == (code, "emergency") for line in file.line):
            yield ("countries", code), f"{code} has no [[line]] with the service emergency."
    for at, line in enumerate(file.line):
        if line.country not in file.countries:
            yield ("line", at, "country"), f"The country '{line.country}' is not named under [countries]."
