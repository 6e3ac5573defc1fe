"""The rules of the emergency screen, read from a TOML file that a clinician can read and edit."""

from __future__ import annotations

from collections import Counter
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field

from knowledge.errors import Fault, RulesFaults
from knowledge.safety.measures import Measure
from knowledge.safety.patterns import Frame, element, forms, phrase
from knowledge.safety.reading import plain_words
from knowledge.safety.review import ReviewText
from knowledge.safety.ruleset import CUES, MODIFIERS, Rule, Rules, Strength
from knowledge.safety.toml_file import read_toml
from knowledge.safety.weighing import WEIGHTS_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from knowledge.safety.review import Review
    from knowledge.toml_lines import TomlPath

RULES_FILE = Path(__file__).with_name("rules.toml")

_Id = Annotated[str, Field(pattern=r"^[a-z0-9-]{3,60}$")]
_Name = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")]
_Text = Annotated[str, Field(min_length=1, max_length=300)]
_Phrase = Annotated[str, Field(min_length=1, max_length=2000)]
_Near = Annotated[int, Field(ge=1, le=20)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _RuleText(_Model):
    id: _Id
    category: _Text
    strength: Strength
    source: _Text
    example: _Text
    says: list[_Phrase] = []
    together: list[Annotated[list[_Phrase], Field(min_length=2, max_length=4)]] = []
    within: _Near = 6
    anywhere: list[_Phrase] = []
    unless: list[_Phrase] = []
    explained_by: list[_Phrase] = []
    despite: list[_Text] = []
    figurative: bool = False
    across: bool = False


class _MeasureText(_Model):
    least: float
    most: float
    units: list[_Text] = []
    reach: _Near = 1
    near: list[_Text] = []
    near_within: _Near = 6


class _WordsText(_Model):
    words: str


class _FileText(_Model):
    review: ReviewText = ReviewText()
    categories: list[_Text]
    fillers: str
    masked: str
    ordinary: _WordsText
    short_forms: dict[str, _Text]
    concepts: dict[_Name, list[_Text]]
    measures: dict[_Name, list[_MeasureText]]
    cues: dict[str, list[_Phrase]]
    sources: dict[str, _Text]
    rule: list[_RuleText]


def load_rules(path: Path = RULES_FILE, weights: Path = WEIGHTS_FILE) -> Rules:
    """Read and check the rules in `path`; raises RulesFaults with everything that is wrong, each with its line.

    They are signed together with the `weights` that take a second look at what they make of a text.
    """
    file, content, lines = read_toml(path, _FileText)
    faults = [
        Fault(path.name, lines.line(where), message, entry) for where, entry, message in _Checks(file).all_faults()
    ]
    if faults:
        raise RulesFaults(faults)
    return _rules(file, file.review.review_of(content, weights))


def _rules(file: _FileText, review: Review) -> Rules:
    fillers = frozenset(file.fillers.split())
    short_forms = {short: tuple(words.split()) for short, words in file.short_forms.items()}
    return Rules(
        categories=tuple(file.categories),
        rules=tuple(map(_rule, file.rule)),
        concepts=MappingProxyType(
            {name: tuple(_terms(phrases, short_forms, fillers)) for name, phrases in file.concepts.items()}
        ),
        measures=tuple(_measure(name, text) for name, texts in file.measures.items() for text in texts),
        cues=MappingProxyType({name: tuple(map(phrase, phrases)) for name, phrases in file.cues.items()}),
        fillers=fillers,
        masked=frozenset(file.masked.split()),
        short_forms=MappingProxyType(short_forms),
        ordinary=frozenset(file.ordinary.words.split()),
        sources=MappingProxyType(file.sources),
        review=review,
    )


def _rule(text: _RuleText) -> Rule:
    frames = tuple(Frame(tuple(map(element, elements)), text.within, across=text.across) for elements in text.together)
    return Rule(
        id=text.id,
        category=text.category,
        strength=text.strength,
        source=text.source,
        example=text.example,
        patterns=(*(phrase(says, across=text.across) for says in text.says), *frames),
        needed_anywhere=tuple(map(element, text.anywhere)),
        unless=tuple(map(phrase, text.unless)),
        explained_by=tuple(map(phrase, text.explained_by)),
        despite=frozenset(text.despite),
        figurative=text.figurative,
    )


def _measure(name: str, text: _MeasureText) -> Measure:
    units = tuple(symbol for unit in text.units for symbol in forms(unit))
    near = tuple(symbol for word in text.near for symbol in forms(word))
    return Measure(name, text.least, text.most, units, text.reach, near, text.near_within)


def _terms(
    phrases: Sequence[str], short_forms: Mapping[str, tuple[str, ...]], fillers: frozenset[str]
) -> Iterator[tuple[str, ...]]:
    """Give the words of each term, in all regular forms of the words marked so."""
    for text in phrases:
        for chosen in product(*map(forms, text.split())):
            words = plain_words(" ".join(chosen), short_forms, fillers)
            if words:
                yield words


class _Checks:
    """What pydantic cannot see: names that are used but not defined, ids given twice, words that never come out."""

    def __init__(self, file: _FileText) -> None:
        self._file = file
        self._known = set(file.concepts) | set(file.measures)
        self._dropped = set(file.fillers.split()) | set(file.short_forms)

    def all_faults(self) -> Iterator[tuple[TomlPath, str, str]]:
        """Give the path, the rule and the message of every fault."""
        file = self._file
        for rule_id, count in Counter(rule.id for rule in file.rule).items():
            if count > 1:
                at = max(i for i, rule in enumerate(file.rule) if rule.id == rule_id)
                yield ("rule", at, "id"), rule_id, "This id is given twice; every rule needs its own."
        for at, rule in enumerate(file.rule):
            for key, message in self._rule_faults(rule):
                yield ("rule", at, key), rule.id, message
        yield from self._word_faults()

    def _word_faults(self) -> Iterator[tuple[TomlPath, str, str]]:
        file = self._file
        for name in file.cues.keys() ^ CUES:
            message = (
                "is no cue that the screen knows" if name in file.cues else "is missing; give it a list of phrases"
            )
            yield ("cues", name), "", f"The cue '{name}' {message}."
        for name, phrases in file.cues.items():
            for message in self._pattern_faults(" ".join(phrases).split()):
                yield ("cues", name), "", message
        for name in file.concepts.keys() & file.measures.keys():
            yield ("measures", name), "", f"'{name}' is a concept and a measure; give one of them another name."
        for name, measures in file.measures.items():
            for measure in measures:
                for message in self._pattern_faults([*measure.units, *measure.near]):
                    yield ("measures", name), "", message

    def _rule_faults(self, rule: _RuleText) -> Iterator[tuple[str, str]]:
        if rule.category not in self._file.categories:
            yield "category", f"The category '{rule.category}' is not in the list of categories at the top."
        if not rule.says and not rule.together:
            yield "id", "The rule never fires: give it `says` or `together`."
        for modifier in set(rule.despite) - MODIFIERS:
            yield "despite", f"'{modifier}' is none of {', '.join(sorted(MODIFIERS))}."
        if rule.source not in self._file.sources:
            yield "source", f"The source '{rule.source}' is not listed under [sources]."
        for key, parts in (
            ("says", [part for phrase_text in rule.says for part in phrase_text.split()]),
            ("together", [element_text for frame in rule.together for element_text in frame]),
            ("anywhere", rule.anywhere),
            ("unless", [part for phrase_text in rule.unless for part in phrase_text.split()]),
            ("explained_by", [part for phrase_text in rule.explained_by for part in phrase_text.split()]),
        ):
            for message in self._pattern_faults(parts):
                yield key, message

    def _pattern_faults(self, parts: Sequence[str]) -> Iterator[str]:
        for part in parts:
            if part.startswith(".."):
                continue
            for symbol in part.split("|"):
                yield from self._symbol_faults(symbol)

    def _symbol_faults(self, symbol: str) -> Iterator[str]:
        words = symbol.rstrip("~+").replace("_", " ").split()
        if not words:
            yield "There is an empty alternative: two bars in a row, or one at an end."
        elif symbol[0].isupper():
            if symbol not in self._known:
                yield f"'{symbol}' is not defined under [concepts] or [measures]."
        else:
            for word in words:
                if not (word.isalnum() or len(word) == 1):
                    yield f"'{word}' is no plain word: write it without signs, and short forms in full ('can not')."
                elif word in self._dropped:
                    yield f"'{word}' never comes out of a text (a filler or a short form); write what it stands for."
