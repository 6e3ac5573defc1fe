"""A light English stemmer: inflections only, so that "twitching" meets "twitch" and no word meets another.

The rules are steps 1a, 1b and 1c of Porter, "An algorithm for suffix stripping", Program 14(3), 1980, with short
words and medical singulars (-is, -us, -itis) left alone. Written here because whole stemmers also join words of
different meaning ("general" and "generic", "organ" and "organise"), which a book of medical answers cannot afford.
"""

from __future__ import annotations

import re
from functools import lru_cache

_VOWEL = re.compile(r"[aeiouy]")
_SHORT_SYLLABLE_END = re.compile(r"[^aeiou][aeiouy][^aeiouwxy]$")
_ONE_VOWEL_GROUP = re.compile(r"^[^aeiou]*[aeiouy]+[^aeiouy]+$")
_IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "feet": "foot", "teeth": "tooth", "mice": "mouse",
    "knives": "knife", "lives": "live", "leaves": "leave", "wives": "wife", "halves": "half", "ate": "eat",
    "eaten": "eat", "took": "take", "taken": "take", "went": "go", "gone": "go", "goes": "go", "got": "get",
    "gotten": "get", "gave": "give", "given": "give", "had": "have", "has": "have", "having": "have", "was": "be",
    "were": "be", "is": "be", "are": "be", "am": "be", "been": "be", "being": "be", "does": "do", "did": "do",
    "done": "do", "doing": "do", "felt": "feel", "found": "find", "made": "make", "came": "come", "began": "begin",
    "begun": "begin", "became": "become", "broke": "break", "broken": "break", "drank": "drink", "drunk": "drink",
    "slept": "sleep", "swollen": "swell", "lost": "lose", "swam": "swim", "ran": "run", "wore": "wear",
    "worn": "wear", "flew": "fly", "flown": "fly", "hurts": "hurt", "bled": "bleed", "kept": "keep", "left": "left",
    "paid": "pay", "said": "say", "told": "tell", "saw": "see", "seen": "see", "thought": "think", "bought": "buy",
    "brought": "bring", "sent": "send", "spent": "spend", "spoke": "speak", "spoken": "speak", "written": "write",
    "wrote": "write", "grew": "grow", "grown": "grow", "chose": "choose", "chosen": "choose", "forgot": "forget",
    "forgotten": "forget", "driven": "drive", "drove": "drive", "known": "know", "knew": "know", "shown": "show",
    "fell": "fall", "fallen": "fall", "held": "hold", "heard": "hear", "meant": "mean", "caught": "catch",
    "taught": "teach", "sold": "sell", "bit": "bite", "bitten": "bite", "stung": "sting", "dying": "die",
    "lying": "lie", "vertebrae": "vertebra", "diagnoses": "diagnosis", "prognoses": "prognosis", "dizzier": "dizzy",
}  # fmt: skip
_UNCHANGED = frozenset(
    "diabetes series species herpes shingles measles mumps rabies feces faeces caries scabies rabies always"
    " perhaps during"
    " morning evening nothing something anything everything king ring bring string spring wing thing sting red bed shed"
    " rabies gas pus lens".split()
)
_LEAST = 4


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Give the form under which all inflections of a folded English word meet; other words come back as they are."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < _LEAST or word in _UNCHANGED or not word.isascii() or not word.isalpha():
        return word
    singular = _singular(word)
    base = _without_participle(singular)
    return base[:-1] + "i" if base.endswith("y") and len(base) > _LEAST and base[-2] not in "aeiou" else base


def _singular(word: str) -> str:
    if word.endswith("sses") or (word.endswith(("xes", "ches", "shes", "zes")) and not word.endswith("aches")):
        return word[:-2]
    if word.endswith(("ruses", "nuses", "luses", "tuses")):
        return word[:-2]
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > _LEAST else word[:-1]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _without_participle(word: str) -> str:
    if word.endswith("ied") and len(word) > _LEAST:
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        base = word.removesuffix(ending)
        if base != word and len(base) > 1 and _VOWEL.search(base) and not word.endswith("eed"):
            return _completed(base)
    return word


def _completed(base: str) -> str:
    """Give a verb its last letter back: "tak" take, "stopp" stop, "caus" cause."""
    if base.endswith(("eat", "oat", "out", "oit")):
        return base
    if base.endswith(("at", "bl", "iz", "dg", "v", "rg", "nc", "rs", "us", "as", "is", "uc", "ic")):
        return base + "e" if not base.endswith(("iss", "uss", "ass")) else base
    if base[-1] == base[-2] and base[-1] not in "lszoe":
        return base[:-1]
    if base.endswith("ll") and len(base) > 5:  # noqa: PLR2004  # "travelling", but not "fall"
        return base[:-1]
    if _ONE_VOWEL_GROUP.match(base) and _SHORT_SYLLABLE_END.search(base):
        return base + "e"
    return base
