"""A logistic model: features in, probability out."""

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

    def log_odds(self, features: Mapping[str, float]) -> float:
        """Give the log-odds, without bounds. Raises KeyError where a feature that has a weight is missing."""
        return self.intercept + float(sum(map(mul, self.weights.values(), map(features.__getitem__, self.weights))))

    def probability(self, features: Mapping[str, float]) -> float:
        """Give the probability, 0 to 1. Raises KeyError as `log_odds` does."""
        return sigmoid(self.log_odds(features))


def sigmoid(log_odds: float) -> float:
    """Give the probability for log-odds of any size."""
    if log_odds >= 0:
        return 1.0 / (1.0 + math.exp(-log_odds))
    raised = math.exp(log_odds)
    return raised / (1.0 + raised)
