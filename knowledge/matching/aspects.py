"""What a question wants to know of its topic: the cause, the treatment, how long ...

"What causes scarring?" and "How is scarring treated?" share their topic and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.matching.stem import stem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


_TABLE = {
    "cause": "cause | why | reason | due to | trigger | lead to | bring on | result from | come from"
    " | responsible for | make me",
    "treatment": "treat | treatment | cure | remedy | therapy | get rid of | relieve | relief | heal | ease"
    " | medication for"
    " | medicine for | what can i do | what should i do | help with | what help | what to do | soothe | fix | manage",
    "prevention": "prevent | prevention | avoid | protect | keep from | lower the risk | reduce the risk | stop from",
    "symptoms": "symptom | sign | look like | feel like | signs of | warning",
    "diagnosis": "diagnose | diagnosis | test for | tested for | detect | know if i have | tell if | find out if"
    " | screen | rule out"
    " | confirm | how do i know",
    "meaning": "what is | what are | mean | meaning | define | definition | explain",
    "difference": "difference | different | versus | vs | compare | better | worse than | rather than | instead of",
    "duration": "how long | last | duration | wear off | go away | how many days | how many weeks | how many months",
    "time": "when | how soon | how early | what time | at what age | which day",
    "amount": "how much | how many | dose | dosage | maximum | minimum | limit | too much | overdose",
    "frequency": "how often | how frequently | every day | every night | each day | how regularly",
    "safety": "safe | dangerous | harmful | harm | risk | side effect | ok to | is it ok | bad for"
    " | complication | safely | interact"
    " | interaction | allowed | hurt to | concern",
    "outlook": "outlook | prognosis | survive | survival | life expectancy | fatal | die | cured | permanent"
    " | recover | recovery",
    "inheritance": "inherit | hereditary | genetic | run in families | passed on",
    "spread": "contagious | spread | catch | transmit | infectious | pass on",
    "prevalence": "how many people | how common | rare | commonly",
    "effect": "affect | effect | work | effective | effectiveness | benefit | impact | influence",
    "person": "who | which doctor | what kind of doctor | what doctor | see a doctor | specialist | er | emergency",
    "price": "cost | price | expensive | fee | charge | insurance | pay for | cheap",
    "place": "where | location | near me",
    "manner": "how do | how can | how to | how should | way to | steps | procedure",
    "food": "food | eat | diet | drink | meal",
    "normal": "normal | worry | worried | serious | abnormal | concerned | usual",
    "list": "types | kinds | list of | examples | options | alternatives",
}


def _read(table: Mapping[str, str]) -> Mapping[tuple[str, ...], str]:
    phrases = (
        (tuple(stem(word) for word in phrase.split()), name)
        for name, line in table.items()
        for phrase in line.split("|")
    )
    return {phrase: name for phrase, name in phrases if phrase}


_PHRASES = _read(_TABLE)
# For each stem that a phrase begins with, how many words the longest such phrase has.
_LONGEST = {first: max(len(phrase) for phrase in _PHRASES if phrase[0] == first) for first, *_ in _PHRASES}


def aspects(words: Sequence[str]) -> frozenset[str]:
    """Give the names of what normalised words ask of their topic; phrases may overlap."""
    stems = [stem(word) for word in words]
    found = set()
    for place, word in enumerate(stems):
        if word not in _LONGEST:
            continue
        for length in range(1, min(_LONGEST[word], len(stems) - place) + 1):
            name = _PHRASES.get(tuple(stems[place : place + length]))
            if name is not None:
                found.add(name)
    if found & {"treatment", "amount", "frequency", "duration", "cause"}:
        found -= {"manner", "meaning"}
    return frozenset(found)


_OPENINGS = {
    "what",
    "how",
    "why",
    "when",
    "where",
    "who",
    "which",
    "can",
    "should",
    "is",
    "are",
    "do",
    "does",
    "could",
    "will",
}
_AFTER_HOW = {"long", "many", "much", "often", "soon", "far", "old"}


def opening(words: Sequence[str]) -> str:
    """Give the first question word, "how" with its measure; "" without one."""
    for place, word in enumerate(words):
        if word == "how" and place + 1 < len(words) and words[place + 1] in _AFTER_HOW:
            return f"how {words[place + 1]}"
        if word in _OPENINGS:
            return word
    return ""
