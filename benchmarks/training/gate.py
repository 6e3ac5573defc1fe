"""Fit the gate: a message asks when one of its clauses does, so the clause that asks most is fitted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.training.sets import load
from knowledge.matching.model import Logistic
from knowledge.matching.question import gate_signs
from knowledge.text import without_markup, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.training.sets import Asked

# Kinds that ask something, whether or not the book has it: the gate is not what stops them.
ASKING_KINDS = {"decisive_word", "uncovered", "server", "off_topic_question", "gaming", "tech", "other_language"}
# The sets of lines that nobody put to a bot.
OVERHEARD = ("chatter", "talk")
_ROUNDS = 6
_START = {"mark": 2.5, "interrogative": 2.0, "inverted": 2.5, "asking_phrase": 1.5, "keywords": 0.5, "to_member": -3.0}


def examples() -> list[tuple[Asked, list[dict[str, float]], bool | None, float]]:
    """Give messages with the signs of their clauses, whether they ask (None: unused), and their weight."""
    found = []
    for name, share in (("chatter", 1.0), ("talk", 1.0), ("stackfaq", 0.05), ("medical-pairs", 0.03)):
        for asked in load(name).asked:
            text = without_markup(asked.text)
            label = (
                True if name not in OVERHEARD or asked.id is not None else None if asked.kind in ASKING_KINDS else False
            )
            found.append((asked, gate_signs(asked.text, text, words(text)), label, share))
    return found


def fit_gate(chosen: Sequence[tuple[Asked, list[dict[str, float]], bool | None, float]]) -> Logistic:
    """Fit the gate's weights."""
    used = [(signs, label, share) for _, signs, label, share in chosen if signs and label is not None]
    names = list(used[0][0][0])
    model = Logistic(-1.0, _START)
    for _ in range(_ROUNDS):
        rows = [max(signs, key=model.log_odds) for signs, _, _ in used]
        x = np.array([[row[name] for name in names] for row in rows])
        fitted = LogisticRegression(C=4.0, max_iter=3000)
        fitted.fit(x, [label for _, label, _ in used], sample_weight=[share for _, _, share in used])
        model = Logistic(float(fitted.intercept_[0]), dict(zip(names, map(float, fitted.coef_[0]), strict=True)))
    return model


def gate_score(model: Logistic, signs: Sequence[dict[str, float]]) -> float:
    """Give the probability that a message asks."""
    return max((model.probability(one) for one in signs), default=0.0)
