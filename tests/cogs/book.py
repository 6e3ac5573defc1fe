"""The entries that the tests of the Discord surfaces ask for."""

from pathlib import Path

from knowledge.content.book import read_book

SEED_ID = "cheek-twitching-botox"
_SHIPPED = read_book([Path(__file__).parents[2] / "knowledge" / "answers.toml"]).questions
SEED = next(question for question in _SHIPPED if question.title.startswith("Twitching on My Left Cheek"))

BOOK = (SEED,)
