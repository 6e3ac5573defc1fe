"""The one place that looks at every message which the bot sends or edits, and tells what breaks a promise.

It knows which stored words there are without being told by the test: `tests.conftest` shows it every Snapshot that is
made. So a new command, button or page is under its eyes from its first test on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from knowledge.presentation.byline import INVENTED, NAME_UNKNOWN
from knowledge.safety.notice import NOTICE, SHORT_NOTICE
from tests.fakediscord import limits
from tests.fakediscord.mentions import texts
from tests.fakediscord.own_words import own_sentences
from tests.fakediscord.stored import StoredWords, plain, strings_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knowledge.model import Answer, Question
    from tests.fakediscord.stored import Quote

_CALLBACK = re.compile(r"/interactions/[^/]+/[^/]+/callback")
_MESSAGE = re.compile(r"/(channels/[^/]+|webhooks/[^/]+/[^/]+)(/messages(/[^/]+)?)?")
_SAY, _UPDATE, _OPEN_FORM = 4, 7, 9
_SHOWN = ("content", "embeds", "components", "poll")
_NEVER_SHOWN = ("custom_id", "url")
# Our own sentences end with it, and so do some bodies: by itself it is nobody's words.
_ANYBODYS = "call 911 or your local emergency number"
# What would make the notice small, quoted, hidden or code, standing before it on its own line.
_BELITTLED = re.compile(r"(^|\n)[ \t]*(-#|>|#|\|\||`|~~)[^\n]*\Z")


class Inspection:
    """Looks at messages. `violations` has a sentence for each broken promise, `seen` counts the messages."""

    def __init__(self) -> None:
        self.violations: list[str] = []
        self.seen = 0
        self._stored = StoredWords(own_sentences())

    def know(self, questions: Iterable[Question]) -> None:
        """Take note of stored questions that the bot may show."""
        self._stored.add(questions)

    def look(self, method: str, path: str, body: Any) -> None:
        """Look at one request of the bot: at its message, if it sends or edits one, or at the form that it opens."""
        if not isinstance(body, dict):
            return
        payload, form = _shown_by(method, path, body)
        if form is not None:
            self._report(method, path, [fault for _, _, fault in limits.modal_faults(form)])
        if payload is not None:
            self.seen += 1
            self._report(method, path, self.faults(payload))

    def faults(self, payload: dict[str, Any]) -> list[str]:
        """Give a sentence for each promise that this message breaks."""
        faults = [f"{field}: {sentence}" for field, _, sentence in limits.message_faults(payload)]
        allowed = payload.get("allowed_mentions")
        if allowed is None or allowed.get("parse") != []:
            faults.append(f"mentions in its text would ping: allowed_mentions is {allowed}")
        shown = _everything_shown(payload)
        quotes = self._stored.quotes_in(shown)
        titles = self._stored.titles_in(shown)
        if (quotes or titles) and (fault := notice_fault(payload)):
            faults.append(fault)
        return faults + _byline_faults(quotes, shown)

    def take(self) -> list[str]:
        """Give the violations so far and forget them; for tests that break a promise on purpose."""
        taken, self.violations = self.violations, []
        return taken

    def _report(self, method: str, path: str, faults: list[str]) -> None:
        self.violations += [f"{method} {path}: {fault}" for fault in faults]


def notice_fault(payload: dict[str, Any]) -> str:
    """Say what is wrong with the notice at the end of a message, or ""."""
    if payload.get("embeds"):
        return "stored words stand in an embed, which vanishes with a permission or a setting"
    visible = texts(payload)
    last = visible[-1].rstrip().replace("**", "") if visible else ""
    notice = next((known for known in (NOTICE, SHORT_NOTICE) if last.endswith(known)), None)
    if notice is None:
        return f"stored words do not end with the notice, but with {last[-60:]!r}"
    before = last.removesuffix(notice)
    if _BELITTLED.search(before) or _open_markup(before):
        return f"the notice is hidden or belittled by what stands before it: {before[-20:]!r}"
    if any(part.get("spoiler") for part in limits.walk(payload.get("components") or [])):
        return "a component hides its words behind a spoiler"
    return ""


def _open_markup(text: str) -> bool:
    """Whether a code fence, code span or spoiler is still open at the end of `text`."""
    unescaped = re.sub(r"\\.", "", text)
    return (
        unescaped.count("```") % 2 == 1
        or unescaped.replace("```", "").count("`") % 2 == 1
        or unescaped.count("||") % 2 == 1
    )


def _byline_faults(quotes: list[Quote], shown: str) -> list[str]:
    """Say who is not named although their words are shown. Words that two experts wrote are the named one's."""
    named = [quote for quote in quotes if any(_named(answer, shown) for answer in quote.answers)]
    longest: list[Quote] = []
    for quote in sorted(quotes, key=lambda one: one.begin - one.end):
        if not any(longer.covers(quote) for longer in longest):
            longest.append(quote)
    missing = {quote.answers[0]: None for quote in longest if not any(sure.covers(quote) for sure in named)}
    return [
        f"the words {answer.body[:40]!r} are shown without {answer.name or answer.credentials or NAME_UNKNOWN!r}"
        for answer in missing
    ]


def _named(answer: Answer, shown: str) -> bool:
    needed = [answer.name or answer.credentials or NAME_UNKNOWN]
    if answer.invented:
        needed.append(INVENTED)
    return all(f" {plain(one)} " in f" {shown} " for one in needed)


def _everything_shown(payload: dict[str, Any]) -> str:
    """Give all words of a message in one plain line: texts, embeds, labels, options, placeholders."""
    words = [text for part in _SHOWN for text in strings_in(payload.get(part), _NEVER_SHOWN)]
    return " ".join(plain(word).replace(_ANYBODYS, "...") for word in words)


def _shown_by(method: str, path: str, body: dict[str, Any]) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Give the message, and the form, that a request shows."""
    payload: dict[str, Any] | None = None
    if _CALLBACK.fullmatch(path):
        data = body.get("data") or {}
        if body.get("type") == _OPEN_FORM:
            return None, data
        payload = data if body.get("type") in (_SAY, _UPDATE) else None
    elif method in ("POST", "PATCH") and _MESSAGE.fullmatch(path):
        payload = body
    if payload is None or not any(payload.get(part) for part in _SHOWN):
        return None, None
    return payload, None
