"""A logistic model: features in, probability and contributions out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from operator import mul
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Logistic:
    """Weights by feature, and the intercept, all in log-odds."""

    intercept: float
    weights: Mapping[str, float]

    def contributions(self, features: Mapping[str, float]) -> dict[str, float]:
        """Give what each feature adds, in log-odds; a feature without a weight adds nothing."""
        return {name: weight * features.get(name, 0.0) for name, weight in self.weights.items()}

    def log_odds(self, features: Mapping[str, float]) -> float:
        """Give the log-odds, without bounds."""
        values = [features.get(name, 0.0) for name in self.weights]
        return self.intercept + float(sum(map(mul, self.weights.values(), values)))

    def probability(self, features: Mapping[str, float]) -> float:
        """Give the probability, 0 to 1."""
        return sigmoid(self.log_odds(features))


def sigmoid(log_odds: float) -> float:
    """Give the probability for log-odds of any size."""
    if log_odds >= 0:
        return 1.0 / (1.0 + math.exp(-log_odds))
    raised = math.exp(log_odds)
    return raised / (1.0 + raised)
