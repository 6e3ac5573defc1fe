"""Numbers with what they count: two texts that give the same thing different numbers do not ask the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Amounts = Mapping[str, Mapping[float, str]]


_HOURS = {"hour": 1.0, "minute": 1 / 60, "second": 1 / 3600, "day": 24.0, "week": 168.0, "month": 730.0, "year": 8760.0}
_MASSES = {
    "mg": 1.0,
    "milligram": 1.0,
    "g": 1000.0,
    "gram": 1000.0,
    "mcg": 0.001,
    "microgram": 0.001,
    "ug": 0.001,
    "kg": 1e6,
}
_KINDS = {
    "percent": "percent", "ml": "volume", "cc": "volume", "litre": "volume", "liter": "volume", "tablet": "pieces",
    "pill": "pieces", "capsule": "pieces", "dose": "pieces", "drop": "pieces", "puff": "pieces", "unit": "units",
    "iu": "units", "c": "temperature", "f": "temperature", "degree": "temperature", "cm": "length", "mm": "length",
    "inch": "length", "pound": "weight", "lb": "weight", "kilo": "weight", "time": "times", "stitch": "stitches",
}  # fmt: skip
_WORDS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "twelve": "12", "fifteen": "15", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50",
}  # fmt: skip
# A number without a unit counts what stands before it: "type 2", "psa is 4", "blood sugar of 90".
_LINKS = frozenset("is of a the at was reading level count number".split())
DOSES = frozenset({"mass", "volume", "pieces", "units"})
HOURS_OF_A_YEAR = _HOURS["year"]
# Units of a dose that mean something else where no number stands before them: "a drop in pressure".
_ONLY_COUNTED = frozenset("g gram kg ug cc c f unit drop litre liter".split())


def amounts(words: Sequence[str]) -> dict[str, dict[float, str]]:
    """Give the amounts in normalised words by what they count, each with its words.

    Time is in hours, mass in mg, others are as they stand.
    """
    found: dict[str, dict[float, str]] = {}
    for place, word in enumerate(words):
        if not word[0].isdigit() and word not in _WORDS:
            continue
        following = _singular(words[place + 1]) if place + 1 < len(words) else ""
        number = word if word[0].isdigit() else _WORDS.get(word, "") if following in _HOURS | _MASSES | _KINDS else ""
        try:
            value = float(number)
        except ValueError:
            continue
        kind, scale = _counted(words, place, following)
        said = word if kind in {"bare", "type"} else f"{word} {following}"
        found.setdefault(kind, {})[round(value * scale, 4)] = said
    return found


def is_dose_unit(word: str) -> bool:
    """Tell whether a normalised word is a unit of a dose, also where no number stands before it."""
    unit = _singular(word)
    return unit not in _ONLY_COUNTED and (unit in _MASSES or _KINDS.get(unit) in DOSES)


def _counted(words: Sequence[str], place: int, following: str) -> tuple[str, float]:
    if following in _HOURS:
        old = words[place + 2 : place + 3] == ("old",) or words[place - 1 : place] in (("age",), ("aged",), ("every",))
        return ("age" if old and words[place - 1] != "every" else "time"), _HOURS[following]
    if following in _MASSES:
        return "mass", _MASSES[following]
    if following in _KINDS:
        return _KINDS[following], 1.0
    before = place - 1
    while before >= 0 and words[before] in _LINKS:
        before -= 1
    return "bare" if before < 0 or words[before] != "type" else "type", 1.0


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 2 else word  # noqa: PLR2004  # "cs", "ms" are no plurals


def contradicted(ours: Amounts, theirs: Amounts, shown: Amounts) -> list[tuple[str, str, bool]]:
    """Give the amounts of each kind in which a text and a stored one disagree, as each says them, and whether hard.

    Hard where both give the same kind and no amount agrees; soft where only the text names a
    dose, or only the stored question names milligrams, or where the wording leaves out what the title, as `shown`, says
    of a time: a redness of three days is not one of three weeks.
    """
    if not ours and not theirs:
        return []
    found = []
    for kind in sorted(ours.keys() | theirs.keys()):
        mine, other = ours.get(kind, {}), theirs.get(kind, {})
        if kind == "time" and mine and not other and (said := shown.get(kind)) and mine.keys().isdisjoint(said):
            found.append((", ".join(mine.values()), ", ".join(said.values()), False))
            continue
        apart = bool(mine and other) and mine.keys().isdisjoint(other)
        if apart or (mine and kind in DOSES and not other) or (other and kind == "mass" and not mine):
            found.append((", ".join(mine.values()), ", ".join(other.values()), apart))
    return found
