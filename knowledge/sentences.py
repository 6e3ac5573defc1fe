"""The sentences of our own that members read, on any platform. Cards and the notice live in `safety`."""

NOTHING_FOUND = (
    "I have no expert's answer to that. I only pass on answers that doctors have written, so I would rather say "
    "nothing than guess. In an emergency call 911 or your local emergency number."
)
ASK_IN_WORDS = (
    "I can only read questions in words. Please write what you would like to know. "
    "In an emergency call 911 or your local emergency number."
)
ONLY_ENGLISH = "I can only answer questions in English. In an emergency call 911 or your local emergency number."
