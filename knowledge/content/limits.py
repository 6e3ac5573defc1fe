"""How long the texts of an entry may be, in characters."""

TITLE_LIMIT = 300
NAME_LIMIT = 200
CREDENTIALS_LIMIT = 500
DETAILS_LIMIT = 5_000
BODY_LIMIT = 20_000
TOPIC_LIMIT = 100
# A member's message is no longer than this on any platform we know, so no longer text need ever be tried.
TRIED_LIMIT = 4_000
ID_LIMIT = 48
