"""The moderators' house of the neighbouring tests, seen by members."""

from tests.knowledge.moderation.conftest import compose_book, open_house

__all__ = ["compose_book", "open_house"]
