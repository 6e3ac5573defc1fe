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
    "There are too many questions here at once, so I leave some out, yours among them. Whoever gets no answer now, "
    "please ask again in a minute. "
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

# Said to whoever asked something that nothing stored answers, and to whoever passes it on to a server's moderators.
NO_MODERATORS_HERE = (
    "Here I have no moderators to ask. In a server where I am, you can pass such a question on to its moderators."
)
NOT_YOURS_TO_ASK = "Only the member who asked can pass that on."
ANSWERED_BY_NOW = "There is an answer to that by now."
MESSAGE_NOT_READ = "Nothing was kept. I cannot read that message of yours any more. Please ask again."
NOTHING_KEPT_YET = "Nothing is kept yet. Look at what would be, and decide."
WORDS_ARE_SEEN = (
    "Only the moderators of {server}, without your name. They may add the words to those that find an answer; then "
    "they stay with it. If something in them is about one person, such as a name or a date, ask again without it first."
)
KEPT_WITH_IT = "Your user id, this channel, and which message it was, so that I can tell you."
KEPT_FOR = "Until you are told of an answer or take it back, and {days} days at most. /privacy shows and deletes it."
WORDING_KEPT_FOR = "Until a moderator has used it, and {days} days at most. /privacy shows and deletes it."
TOLD_HERE = "In this channel others see the answer, and that you asked. In a direct message nobody else does."
PASSED_ON = "Your question is with the moderators of {server}. When there is an answer, you are told once, {where}."
PASSED_ON_TOO = (
    "Your question is with the moderators of {server}; {others} asked it too. When there is an answer, you are told "
    "once, {where}."
)
WORDING_SHOWN = "Thank you. The moderators see your wording now, without your name."
NOTHING_KEPT = "Nothing was kept."
TOLD_DIRECTLY = "This is where I tell you when the moderators of {server} have an answer to what you asked there."
CANNOT_WRITE_TO_YOU = (
    "I cannot write to you directly, so nothing was kept. Allow direct messages from this server in its privacy "
    "settings and press again, or choose this channel."
)
TAKEN_BACK = "Your question is taken back, and your words are deleted."
NOT_WAITING_ANY_MORE = "That question waits no longer: it was answered, dismissed or taken back, or its time was over."
KEPT_OF_YOU = "What I keep about you, in all servers"
NOTHING_KEPT_OF_YOU = "No question, no wording and no vote of yours."
YOUR_MESSAGES = "Of what you write, nothing is stored or logged but what you passed on yourself."
READS_YOU = (
    "Your messages in watched channels are read to find questions and emergencies, and not kept. You can stop that."
)
READS_YOU_NOT = (
    "Your messages in watched channels are not read, also not for emergencies. I keep your user id to know that. "
    "What you say to me yourself I read."
)
SIGNED_BY_YOU = (
    "Changes that you made as a moderator or admin: {count:,}. They carry your user id, belong to the history of the "
    "answers and settings, and stay as long as these do."
)
TO_BE_TOLD = "Answers that are on their way to you: {count:,}."
FORGET_SURE = (
    "This deletes your questions that wait for moderators, the wordings that you showed them, and your votes, in all "
    "servers. You are told of no answer any more. A wording that a moderator took over stays, without your name."
)
FORGOTTEN = "Deleted. Nothing of that is kept about you any more. Backups lose it as they are replaced."
OPTED_OUT = "Done. From now on your messages in watched channels are not read, in any server."
OPTED_IN = "Done. Your messages in watched channels are read again, and not kept."
YOUR_ANSWER = "Your question to the moderators has an answer."
ANSWER_GONE_AGAIN = (
    "Your question to the moderators had an answer, and they withdrew it before I could tell you. You can ask again."
)
DISMISSED = "The moderators looked at a question that you passed on to them, and do not answer it here. They say:"
