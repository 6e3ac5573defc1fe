"""The frozen values that everything else passes round: what is stored, what was understood, what is said."""

from knowledge.model.said import AnswerReply, CardReply, ChoicesReply, Decision, Notice, PlainReply, Reply
from knowledge.model.stored import Answer, Layer, Question, Source
from knowledge.model.understood import (
    Asking,
    AskKind,
    GuardFinding,
    Match,
    Outcome,
    Place,
    Policy,
    Ranking,
    TellingWords,
    Tier,
    Verdict,
)

__all__ = [
    "Answer",
    "AnswerReply",
    "AskKind",
    "Asking",
    "CardReply",
    "ChoicesReply",
    "Decision",
    "GuardFinding",
    "Layer",
    "Match",
    "Notice",
    "Outcome",
    "Place",
    "PlainReply",
    "Policy",
    "Question",
    "Ranking",
    "Reply",
    "Source",
    "TellingWords",
    "Tier",
    "Verdict",
]
