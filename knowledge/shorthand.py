"""Contractions and chat shorthand, written out, so that stored and typed wordings meet as the same words.

Closed tables of common written English; a word that has a meaning of its own ("wont", "well", "were", "id") is only
written out where leaving it would lose a negation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_AUXILIARIES = "are could did do does had has have is must need should was were would".split()

_IRREGULAR = {
    "ain't": "is not", "aint": "is not", "can't": "can not", "cant": "can not", "cannot": "can not",
    "won't": "will not", "wont": "will not", "shan't": "shall not", "shant": "shall not", "let's": "let us",
    "gonna": "going to", "wanna": "want to", "gotta": "got to", "gimme": "give me", "lemme": "let me",
    "dunno": "do not know", "kinda": "kind of", "sorta": "sort of", "outta": "out of", "whats": "what is",
    "whos": "who is", "wheres": "where is", "hows": "how is", "whens": "when is", "whys": "why is",
    "thats": "that is", "theres": "there is", "im": "i am", "ive": "i have", "youre": "you are", "youve": "you have",
    "theyre": "they are", "theyve": "they have", "weve": "we have", "hes": "he is", "shes": "she is",
    "itll": "it will", "y'all": "you all", "yall": "you all", "whatre": "what are", "howd": "how did",
    "shouldve": "should have", "couldve": "could have", "wouldve": "would have",
}  # fmt: skip

_SHORTHAND = {
    "u": "you", "ur": "your", "r": "are", "y": "why", "n": "and", "w": "with", "b4": "before",
    "bc": "because", "cos": "because", "cuz": "because", "coz": "because", "pls": "please",
    "plz": "please", "plss": "please", "thx": "thanks", "thnx": "thanks", "tks": "thanks", "ty": "thanks",
    "tysm": "thanks", "abt": "about", "ppl": "people", "smth": "something", "smthn": "something",
    "sth": "something", "sb": "somebody", "okay": "ok", "tho": "though", "thru": "through",
    "til": "until", "till": "until", "gr8": "great", "l8r": "later", "m8": "mate", "2day": "today",
    "2moro": "tomorrow", "tmrw": "tomorrow", "tmr": "tomorrow", "tomoz": "tomorrow", "2nite": "tonight",
    "nite": "night", "tonite": "tonight", "rn": "now", "wut": "what", "wat": "what",
    "wot": "what", "hw": "how", "wen": "when", "wher": "where", "wich": "which", "idk": "i do not know",
    "omg": "oh my god", "tbh": "to be honest", "imo": "in my opinion", "prob": "probably", "probs": "probably",
    "def": "definitely", "defo": "definitely", "bf": "boyfriend", "gf": "girlfriend", "hubby": "husband",
    "preggo": "pregnant", "preggers": "pregnant", "hrs": "hours", "hr": "hours", "mins": "minutes", "wk": "week",
    "wks": "weeks", "mth": "month", "mths": "months", "yr": "year", "yrs": "years", "appt": "appointment",
    "appts": "appointments", "meds": "medicines", "med": "medicine", "dr": "doctor", "drs": "doctors",
    "temp": "temperature", "info": "information", "sec": "second", "secs": "seconds", "asap": "as soon as possible",
    "waht": "what", "wht": "what", "whta": "what", "hwat": "what", "wath": "what", "wats": "what is", "whts": "what is",
    "hwo": "how", "wehn": "when", "whne": "when", "whn": "when", "whre": "where", "wehre": "where", "wihch": "which",
    "whcih": "which", "cna": "can", "coud": "could", "cud": "could", "culd": "could", "shoud": "should",
    "shud": "should", "shuld": "should", "shoudl": "should", "shold": "should", "woud": "would", "wud": "would",
    "wuld": "would", "deos": "does", "befor": "before", "befroe": "before", "bfore": "before", "aftr": "after",
    "aftre": "after", "afetr": "after", "wiht": "with", "witout": "without", "wihout": "without", "withot": "without",
    "durring": "during", "becuase": "because", "becasue": "because", "insted": "instead",
    "mg's": "mg", "&": "and", "%": "percent", "ok'd": "ok",
}  # fmt: skip

# After these a 2 or a 4 counts something ("type 2", "every 4 hours").
_COUNTED_BEFORE = frozenset(
    "type stage grade phase day week month year step part level number no vitamin age aged every about around least"
    " most only under over than past last next of omega version covid factor class category group hepatitis".split()
)
# Before these a 2 stands for "to": base verbs and determiners that no number counts.
_AFTER_TO = frozenset(
    "a an the my your his her our their me him us them it this that be do go get take see have make use eat drink"
    " drive work sleep stop start try know find help need want feel treat avoid keep come give put say tell ask call"
    " talk speak wear wash shower bathe swim run walk exercise fly travel smoke heal recover return clean cut change"
    " check cure prevent lose gain lower raise increase decrease reduce remove shave brush fix buy pay book pick"
    " wait expect apply mix bend lift play sit stand lie train breastfeed last happen continue finish begin become"
    " breathe".split()
)
_AFTER_FOR = frozenset(
    "a an the my your his her our their me him us them it this that these those ever kids children babies".split()
)


def spelt_out(written: Iterable[str]) -> tuple[str, ...]:
    """Give words as found in a folded text with contractions, shorthand and numbers in one spelling."""
    found = list(written)
    out: list[str] = []
    for place, word in enumerate(found):
        if word.isalpha() and word not in _REWRITTEN:
            out.append(word)
        elif word[0].isdigit():
            following = found[place + 1] if place + 1 < len(found) else ""
            out.append(_number(word, out[-1] if out else "", following))
        elif word in _ORDINAL_ENDS and out and found[place - 1].isdigit():
            continue
        elif word == "yo" and place and found[place - 1].isdigit():
            out.extend(("year", "old"))
        elif word in WRITTEN_OUT:
            out.extend(WRITTEN_OUT[word])
        elif "'" in word:
            out.extend(_without_apostrophes(word))
        else:
            out.append(word)
    return tuple(out)


def _number(word: str, before: str, following: str) -> str:
    if word == "2" and before not in _COUNTED_BEFORE and following in _AFTER_TO:
        return "to"
    if word == "4" and before not in _COUNTED_BEFORE and before not in {"is", "was", "am"} and following in _AFTER_FOR:
        return "for"
    plain = word.replace(",", "") if _thousands(word) else word.replace(",", ".")
    return plain.rstrip("0").rstrip(".") if "." in plain else (plain.lstrip("0") or "0")


def _thousands(word: str) -> bool:
    groups = word.partition(".")[0].split(",")[1:]
    return all(len(group) == _THOUSANDS for group in groups)


def _without_apostrophes(word: str) -> tuple[str, ...]:
    head, _, tail = word.partition("'")
    if tail == "s" and head in _BEFORE_IS:
        return (head, "is")
    if tail in _TAILS and head:
        return (head, *_TAILS[tail])
    return (head or tail.replace("'", ""),)


_THOUSANDS = 3
_ORDINAL_ENDS = frozenset({"st", "nd", "rd", "th"})
_BEFORE_IS = frozenset("what who where how when why that there here it he she this which".split())
_TAILS = {"ll": ("will",), "ve": ("have",), "re": ("are",), "m": ("am",), "d": ("would",)}


def _written_out() -> Mapping[str, tuple[str, ...]]:
    table = {short: tuple(long.split()) for short, long in (_IRREGULAR | _SHORTHAND).items()}
    for verb in _AUXILIARIES:
        table |= {f"{verb}n't": (verb, "not"), f"{verb}nt": (verb, "not")}
    return table


# One word as found -> the words it stands for. The thing is a constant, made once from the tables above.
WRITTEN_OUT = _written_out()
# All words of letters alone that may not stay as they are: most do, and are passed over at a glance.
_REWRITTEN = frozenset({*WRITTEN_OUT, *_ORDINAL_ENDS, "yo"})
