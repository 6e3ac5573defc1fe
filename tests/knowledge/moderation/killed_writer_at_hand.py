"""What the fork server loads beside the writer, so that none of the many processes reads the rules for itself."""

from tests.knowledge.moderation.killed_writer import book

book()
