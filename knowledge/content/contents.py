"""What there is to read, as a table of contents: topics, and the questions under each."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from knowledge.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knowledge.model import Question

WITHOUT_TOPIC = ""
"""The key of what stands under no topic."""

_KEY_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic with the ids of its questions, in the order of their titles.

    `key` stands for it where its name is too long. Spellings of one name are one topic, called by the commonest.
    """

    key: str
    name: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """Questions by id, and their topics by key in the order of their names; what has no topic stands last."""

    questions: Mapping[str, Question]
    topics: Mapping[str, Topic]


def contents_of(questions: Mapping[str, Question]) -> Contents:
    """Make the table of contents of questions by id. A question stands under each of its topics."""
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    found: defaultdict[str, list[str]] = defaultdict(list)
    # One text as the key: texts alone are compared fastest, and nothing else runs while a list is sorted.
    for question in sorted(questions.values(), key=lambda one: f"{fold(one.title)}\0{one.id}"):
        named = {fold(topic): topic for topic in question.topics}
        named.pop("", None)
        for folded, topic in named.items():
            spellings[folded][topic.strip()] += 1
            found[folded].append(question.id)
        if not named:
            found[WITHOUT_TOPIC].append(question.id)
    ordered = sorted(found, key=lambda folded: (folded == WITHOUT_TOPIC, folded))
    topics = [_topic(name, spellings[name], found[name]) for name in ordered]
    return Contents(questions, MappingProxyType({topic.key: topic for topic in topics}))


def topic_key(name: str) -> str:
    """Give 16 hexadecimal digits that stand for a topic's name, however it is spelt; "" for ""."""
    folded = fold(name)
    return hashlib.sha256(folded.encode()).hexdigest()[:_KEY_DIGITS] if folded else WITHOUT_TOPIC


def _topic(folded: str, spellings: Counter[str], questions: Iterable[str]) -> Topic:
    (name, _), *_ = spellings.most_common(1) or [("", 0)]
    return Topic(topic_key(folded), name, tuple(questions))
