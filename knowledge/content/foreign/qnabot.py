"""JSON files that QnABot on AWS exports: `{"qna": [{"qid": ..., "q": [...], "a": ...}, ...]}`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from knowledge.content.foreign.markup import one_line, plain_words
from knowledge.content.foreign.reading import Gathering
from knowledge.errors import PageRefused
from knowledge.model import Answer, Question

if TYPE_CHECKING:
    from knowledge.content.foreign.reading import Reading

_SHAPE = 'It is one JSON object: {"qna": [{"qid": "...", "q": ["..."], "a": "..."}]}.'
_LEFT_OUT = {
    "r": "Response cards",
    "conditionalChaining": "Chains to other answers",
    "elicitResponse": "Questions back to the asker",
    "clientFilterValues": "Filters by client",
}


def read_qnabot(file: str, text: str) -> Reading:
    """Give the entries of an export; `file` is its bare name. Raises PageRefused for what is none."""
    gathering = Gathering(file)
    for number, item in enumerate(_items(text), start=1):
        qid = item.get("qid") if isinstance(item, dict) else None
        place = f"item {number} ({one_line(qid)})" if isinstance(qid, str) and qid.strip() else f"item {number}"
        if isinstance(item, dict):
            _gather(gathering, place, item)
        else:
            gathering.skip(place, "it is no object")
    return gathering.reading()


def _items(text: str) -> list[Any]:
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        told = f"It is not JSON: {error.msg}, line {error.lineno}, column {error.colno}."
        raise PageRefused("not-qnabot", f"This is no export of QnABot. {told}") from None
    except (ValueError, RecursionError):
        raise PageRefused("not-qnabot", f"This is no export of QnABot. {_SHAPE}") from None
    items = found.get("qna") if isinstance(found, dict) else None
    if not isinstance(items, list):
        raise PageRefused("not-qnabot", f"This is no export of QnABot. {_SHAPE}")
    return items


def _gather(gathering: Gathering, place: str, item: dict[str, Any]) -> None:
    kind = item.get("type") or "qna"
    written = _answer(item)
    if kind != "qna":
        gathering.skip(place, f"it is a {one_line(str(kind))}, not a question with an answer")
    elif "{{" in written:
        gathering.skip(place, "its answer is a template that QnABot fills in; write out the words and import again")
    elif _said(item.get("l")):
        gathering.skip(place, "a Lambda function of yours writes or changes its answer, so its words are not known")
    else:
        for key, what in _LEFT_OUT.items():
            if _said(item.get(key)):
                gathering.leave_out(place, what)
        asked = item.get("q")
        wordings = [wording for wording in asked if isinstance(wording, str)] if isinstance(asked, list) else []
        topic = item.get("t")
        topics = (one_line(topic),) if isinstance(topic, str) and topic.strip() else ()
        gathering.add(place, wordings, [Answer(plain_words(written))], Question("", "", (), topics=topics))


def _answer(item: dict[str, Any]) -> str:
    """Give the plain answer, else the Markdown one."""
    other = item.get("alt")
    for written in (item.get("a"), other.get("markdown") if isinstance(other, dict) else None):
        if isinstance(written, str) and written.strip():
            return written
    return ""


def _said(value: object) -> bool:
    """Whether `value` holds anything: exports write out empty objects in full."""
    if isinstance(value, dict):
        return any(_said(inner) for inner in value.values())
    if isinstance(value, list):
        return any(_said(inner) for inner in value)
    return bool(value.strip()) if isinstance(value, str) else bool(value)
