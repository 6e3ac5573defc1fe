"""Does a text ask about the bot itself? Then it is told what the bot is, and not that no doctor has answered it."""

from __future__ import annotations

from knowledge.text import words

# Closed on purpose: what is like one of these and says more may be the question of somebody who needs an answer.
_ASKED = frozenset(
    words(asked)
    for asked in (
        "who are you|what are you|who is this|what is this|what is this bot|who is this bot|what is second opinion|"
        "who made you|who built you|who wrote you|are you a bot|are you a robot|are you human|are you a human|"
        "are you real|are you a person|are you a doctor|are you a real doctor|are you an ai|is this a bot|"
        "what can you do|what can you do for me|what do you do|what can i ask|what can i ask you|what can you answer|"
        "what do you know|what can you help with|what can you help me with|how can you help|how can you help me|"
        "how do you work|how does this work|how does this bot work|how do i use this|how do i use you|"
        "how do i use this bot|how can i use this bot|how do i ask|how do i ask you|how do i ask a question|"
        "help|commands|what are your commands|list commands|show commands|introduce yourself|"
        "tell me about yourself|what is your name|where do your answers come from|what are your sources|"
        "who writes your answers|can i trust you|can you help|can you help me|i need help|help me|"
        "what questions do you have|what questions can you answer|what questions can i ask|"
        "what questions do you answer|what answers do you have|what topics do you have|"
        "what do you have|show me everything|menu|list|topics|"
        "can i talk to a doctor|can i talk to a real doctor|can i talk to a human|can i talk to a real person"
    ).split("|")
)
_GREETINGS = frozenset("hi hello hey hiya yo thanks thank ty cheers ok okay please bot there".split())


def asks_about_bot(text: str) -> bool:
    """Whether `text` asks who the bot is, what it can do or how it is used, and nothing besides but a greeting."""
    asked = words(text)
    begin, end = 0, len(asked)
    while begin < end and asked[begin] in _GREETINGS:
        begin += 1
    while end > begin and asked[end - 1] in _GREETINGS:
        end -= 1
    return asked in _ASKED or asked[begin:end] in _ASKED
