"""One person's chat in a terminal: lines in, pages out. No input, no output, no clock."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from bot.terminal.pages import Page, Paragraph, heading, item, notice, plain_page, reply_page
from bot.terminal.why import why
from knowledge.incidents import report
from knowledge.model import AnswerReply, CardReply, ChoicesReply, Place, PlainReply
from knowledge.presentation import sentences
from knowledge.respond import next_candidates

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from knowledge.desk import AnswerDesk
    from knowledge.model import Decision, Question, Reply

COMMANDS = {
    "/1": "read the answers to the first choice; /2 to the second, and so on",
    "/no": "say that it is not your question, and see others that come near",
    "/safe": "say that nobody is in danger, and read the answers after an emergency card",
    "/why": "see what your words were matched with, and why",
    "/help": "see this list",
    "/quit": "leave; Ctrl-D does the same",
}
LEAVE = frozenset({"/quit", "/exit", "/q", "quit", "exit"})
_ASKED = Place(addressed=True)
_TYPE_SAFE = "Nobody is in danger now? Type /safe to read the answers that I have."
_NO_OTHERS = (
    "No other stored question comes near. You can ask again in other words. I only pass on answers that doctors have "
    "written, so I would rather say nothing than guess."
)
# What people answer who are asked which question they mean, and have just read of /1 and /no.
_YES = frozenset("yes y yeah yep yup".split())
_NO = frozenset(("no", "n", "nope", "none", "none of these", "none of them", "neither"))
# A number of so few digits picks a choice; nobody asks a question with it.
_PICK_DIGITS = 2
# How alike a word must be to the command that it is mistyped for: a slash alone is no command.
_NEAR = 0.7


class Conversation:
    """Remembers the last question, for `/1`, `/no` and `/why`. `narrow` tells whether the short notice must do now."""

    def __init__(self, desk: AnswerDesk, *, narrow: Callable[[], bool] = lambda: False) -> None:
        self._desk = desk
        self._narrow = narrow
        self._last: Decision | None = None
        self._caution = ""
        self._choices: tuple[str, ...] = ()
        self._asked_back = False
        self._shown: set[str] = set()
        self._behind_card: Question | None = None
        self._commands: Mapping[str, Callable[[], Page]] = {
            "/no": self._others,
            "/safe": self._safe,
            "/why": self._why,
            "/help": self._help,
        }

    def greet(self) -> Page:
        """Say in three lines what this is and how to leave."""
        match len(self._desk.snapshot.questions):
            case 0:
                stock = "No question has an answer here yet; `python -m bot import` and any editor add some."
            case 1:
                stock = "Ask a health question in your own words. One question has answers here."
            case count:
                stock = f"Ask a health question in your own words. {count:,} questions have answers here."
        return (
            heading("Second Opinion: what doctors answered, word for word."),
            Paragraph(stock, close=True),
            Paragraph("Type /help to see what else you can type, /quit to leave.", close=True),
        )

    def say(self, line: str) -> Page | None:
        """Give the page that answers `line`, empty where there is nothing to say; None is the end of the chat."""
        text = line.strip()
        if text.startswith("/"):
            text = f"/{text[1:].lstrip()}"
        word = text.lower()
        if word in LEAVE:
            return None
        if not text:
            return ()
        picked = word.removeprefix("/")
        if picked.isascii() and picked.isdecimal() and len(picked) <= _PICK_DIGITS:
            return self._pick(int(picked))
        if command := self._commands.get(word):
            return command()
        if text.startswith("/"):
            return self._unknown(text)
        return (self._chosen(word.rstrip(".!")) if self._asked_back else ()) or self._ask(text)

    def _chosen(self, word: str) -> Page:
        """Take a yes or a no as said of the choices on the screen; everything else is a question of its own."""
        if word in _NO:
            return self._others()
        if word not in _YES:
            return ()
        if len(self._choices) > 1:
            return plain_page(f"Which one is it? Type a number, /1 to /{len(self._choices)}, or /no for none of these.")
        return self._pick(1)

    def _ask(self, text: str) -> Page:
        decision = self._desk.respond(text, _ASKED)
        self._last, self._choices, self._shown, self._caution, self._behind_card = decision, (), set(), "", None
        if isinstance(decision.reply, CardReply):
            return self._card(decision.reply, text)
        # Elsewhere the bot may be silent; where somebody waits at a prompt, silence looks like a fault.
        return self._show(decision.reply or PlainReply(sentences.AT_YOUR_SERVICE))

    def _card(self, card: CardReply, text: str) -> Page:
        page = self._show(card)
        if card.may_show_answer:
            try:
                self._behind_card = self._desk.behind_alarm(text, _ASKED)
            except Exception as crash:  # noqa: BLE001  # with the matcher or book broken, the card stands as it is
                report(crash)
        return (*page, Paragraph(_TYPE_SAFE)) if self._behind_card else page

    def _safe(self) -> Page:
        if self._behind_card is None:
            return plain_page("There is no emergency card with answers behind it. Ask a question first.")
        reply = self._desk.show(self._behind_card.id)
        return self._show(reply or PlainReply(sentences.NO_LONGER_THERE))

    def _show(self, reply: Reply) -> Page:
        self._asked_back = isinstance(reply, ChoicesReply)
        if isinstance(reply, ChoicesReply):
            self._choices = tuple(question.id for question in reply.questions)
            self._shown.update(self._choices)
        elif isinstance(reply, AnswerReply):
            self._shown.add(reply.question.id)
        if isinstance(reply, AnswerReply | ChoicesReply):
            self._caution = reply.caution
        return reply_page(reply, short_notice=self._narrow())

    def _pick(self, number: int) -> Page:
        if not self._choices:
            return plain_page("There is nothing to choose from yet. Ask a question first.")
        if not 1 <= number <= len(self._choices):
            return plain_page(f"There is no choice {number}. The choices are /1 to /{len(self._choices)}.")
        reply = self._desk.show(self._choices[number - 1], caution=self._caution)
        return self._show(reply or PlainReply(sentences.NO_LONGER_THERE))

    def _others(self) -> Page:
        if self._last is None or not self._shown:
            return plain_page("There is no question on the screen yet. Ask one first.")
        ranking, most = self._last.ranking, self._desk.snapshot.policy.max_choices
        others = next_candidates(ranking, tuple(self._shown), most) if ranking else ()
        if not others:
            return plain_page(_NO_OTHERS)
        return self._show(self._desk.offer([question.id for question in others], caution=self._caution))

    def _why(self) -> Page:
        if self._last is None:
            return plain_page("Nothing was asked yet. Ask a question, then type /why.")
        page = tuple(why(self._last, self._desk.snapshot.policy))
        matches = self._last.ranking.matches if self._last.ranking else ()
        if not matches:
            return page
        closing = self._desk.offer([match.question.id for match in matches]).notice
        return (*page, *notice(closing, short=self._narrow()))

    def _help(self) -> Page:
        commands = (item(f"{word:<7}", does) for word, does in COMMANDS.items())
        return (heading("Ask a question in your own words, or type one of these:"), *commands)

    def _unknown(self, text: str) -> Page:
        # Whoever types a slash before a cry for help gets help first.
        if self._desk.alarm(text.lstrip("/"), _ASKED):
            return self._ask(text.lstrip("/"))
        word, *asked = text.split(maxsplit=1)
        # Whoever comes from Discord asks by that command.
        if asked and word.lower() == "/ask":
            return self._ask(asked[0])
        near = get_close_matches(word.lower(), COMMANDS, n=1, cutoff=_NEAR)
        hint = f"Did you mean {near[0]}?" if near else "Type /help to see which there are."
        return plain_page(f"There is no command {word[:30]}. {hint}")
