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
ABOUT = (
    "I am a program that passes on what doctors have answered to health questions, word for word. I make nothing up. "
    "Ask me in your own words: when I am not sure what you mean, I ask back, and when I have nothing, I say so. "
    "In an emergency call 911 or your local emergency number."
)

# Said to whoever pressed a button or asked in a place that is full just now.
NO_LONGER_THERE = "That answer is no longer available. Please ask your question again."
NOT_YOURS_TO_REMOVE = "Only the member who asked, or a moderator, can remove this reply."
NOT_YOURS_TO_OPEN = "Only the member who wrote that message can open this."
REMOVED = "The reply is removed."
PERHAPS = "I removed that reply. Is it one of these?"
NOTHING_ELSE = (
    "I removed that reply. I have no other answer that comes near; asking in other words may help. "
    "In an emergency call 911 or your local emergency number."
)
# What an earlier reply says once its answer was withdrawn, and the line above one that is shown anew.
WITHDRAWN = (
    "The answer that stood here was withdrawn on {day}. Please do not rely on it. You are welcome to ask again. "
    "In an emergency call 911 or your local emergency number."
)
CORRECTED = "Corrected on {day}"
SHOWN_AGAIN = "This answer had been withdrawn. It is shown again since {day}"
BUSY = (
    "There are too many questions here at once, so I left yours out. Please ask again in a minute. "
    "In an emergency call 911 or your local emergency number."
)
# The answer to thanks and greetings where silence would look like a fault: at a prompt, after a command.
AT_YOUR_SERVICE = "You are welcome to ask a health question whenever you have one."
COMMAND_CHANGED = "That command has changed. Please reload Discord (Ctrl-R) and use it again."

# Said to whoever votes on an answer. `days` is for how long a vote is kept at most.
VOTED_HELPFUL = (
    "Thank you, that is noted as helpful. I keep your vote with your user id for at most {days} days, and the same "
    "buttons change it. /privacy shows and deletes what I keep of you."
)
VOTED_NOT_HELPFUL = (
    "Thank you, that is noted as not helpful. What was wrong with it? I keep your vote with your user id for at most "
    "{days} days, and the same buttons change it. /privacy shows and deletes what I keep of you."
)
VOTED_BECAUSE = "Thank you, that is noted: {reason}."
# Where somebody is told of it at once, and where nobody is.
VOTED_COULD_HARM = (
    "Thank you, that is noted. The people who look after these answers are told of it now, without your name. "
    "If somebody is in danger, call 911 or your local emergency number."
)
VOTED_COULD_HARM_UNHEARD = (
    "Thank you, that is noted. I have no channel in which to tell the people who look after these answers at once: "
    "please tell one of them yourself. If somebody is in danger, call 911 or your local emergency number."
)
UNVOTED = "Your vote is deleted."

# Said instead of an answer, where saying more would be too much.
ANSWERED_HERE = (
    "I answered that here a moment ago: {link}\n"
    "If that is not your question, ask it in other words. In an emergency call 911 or your local emergency number."
)
BEING_ANSWERED_HERE = (
    "I am answering that here at this very moment. If that is not your question, ask it in other words. "
    "In an emergency call 911 or your local emergency number."
)
ASK_AGAIN_LATER = (
    "I have answered you several times just now. Please ask again in {wait}. "
    "In an emergency call 911 or your local emergency number."
)
PAUSED = (
    "This server's moderators have paused me{until}, so I give no answers here. "
    "In an emergency call 911 or your local emergency number."
)
