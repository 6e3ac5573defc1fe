"""HTML and Markdown as words: what an answer says without the marks by which another program showed it.

Only what is surely markup goes. `<5 mg`, `2 * 3` and anything in unknown brackets are words and stay.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from knowledge.content.limits import BODY_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator

# Marks that change how words look, not where they stand. The last ones are those of speech.
_INLINE = "a abbr acronym b big cite code em font i ins kbd label mark q samp small span strong sub tt u var".split()
_SPEECH = "speak prosody phoneme say-as voice w amazon:effect amazon:domain amazon:emotion".split()
_LINES = "address article aside blockquote center dd dt figcaption figure footer form header html body main nav".split()
_LINES += "section summary details div dl fieldset caption colgroup col table tbody thead tfoot tr ul ol li".split()
_PARAGRAPHS = "p h1 h2 h3 h4 h5 h6 pre hr".split()
_OTHERS = "br img sup s del strike td th break".split()
_TAGS = sorted({*_INLINE, *_SPEECH, *_LINES, *_PARAGRAPHS, *_OTHERS}, key=len, reverse=True)
# An attribute has a value: "a <b and c> d" holds none and is no tag.
_ATTRIBUTES = r"""(?P<attributes>(?:\s+[\w:-]++\s*=\s*(?:"[^"<>]*+"|'[^'<>]*+'|[^\s"'<>=]++))*+)"""
_TAG = re.compile(rf"<(?P<close>/?)(?P<name>{'|'.join(map(re.escape, _TAGS))}){_ATTRIBUTES}\s*+/?>", re.IGNORECASE)
# What is not shown at all, by what ends it.
_UNSEEN = {
    "-->": re.compile(r"<!--.*?-->", re.DOTALL),
    "</script>": re.compile(r"<script\b[^<>]*+>.*?</script>", re.IGNORECASE | re.DOTALL),
    "</style>": re.compile(r"<style\b[^<>]*+>.*?</style>", re.IGNORECASE | re.DOTALL),
}
_ADDRESS = re.compile(r"""\b(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_PICTURE_TEXT = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_MARKDOWN_LINK = re.compile(r"!?\[(?P<text>[^\[\]\n]*+)\]\((?P<address>[^()\s]++)(?:[ \t]+\"[^\"\n]*+\")?\)")
_MARKDOWN_BOLD = re.compile(r"(?<![\w*])\*\*(?=[^\s*])([^*\n]++)(?<=\S)\*\*(?![\w*])")
_MARKDOWN_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]++(?=\S)", re.MULTILINE)
_BLANK_LINES = re.compile(r"(?<![ \t])[ \t]*+\n(?:[ \t]*+\n){2,}")
# What is longer can be no entry's text; it is not worth reading hostile markup for.
_MOST = 3 * BODY_LIMIT
_SUPERSCRIPT, _STRUCK = "^", "~~"


def plain_words(text: str) -> str:
    """Give what `text` says, with a link's address in brackets behind its words and list items as lines of their own.

    A power keeps a sign (10^9) and struck words keep theirs (~~500~~): without one they would say something else.
    What is far too long for an entry is given as it is.
    """
    if len(text) > _MOST:
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "<" in text:
        text = "".join(_without_tags(_without_unseen(text)))
    text = _ENTITY.sub(_character, text)
    text = _MARKDOWN_LINK.sub(lambda link: _linked(link["text"], link["address"]), text)
    text = _MARKDOWN_HEADING.sub("", _MARKDOWN_BOLD.sub(r"\1", text))
    return _BLANK_LINES.sub("\n\n", text).strip()


def one_line(text: str) -> str:
    """Give what `text` says, all on one line."""
    return " ".join(plain_words(text).split())


def _without_unseen(text: str) -> str:
    for closing, pattern in _UNSEEN.items():
        # Behind the last one nothing can end: looking for it from every begin would take hostile texts minutes.
        end = text.lower().rfind(closing) + len(closing)
        if end >= len(closing):
            text = pattern.sub("", text[:end]) + text[end:]
    return text


def _without_tags(text: str) -> Iterator[str]:
    position = 0
    addresses: list[str] = []
    lists: list[int] = []
    for tag in _TAG.finditer(text):
        yield text[position : tag.start()]
        position = tag.end()
        name, closes = tag["name"].lower(), bool(tag["close"])
        if name in {"ul", "ol"}:
            _follow_list(lists, name, closes=closes)
        if name == "a":
            yield _link_end(addresses) if closes else _link_begin(addresses, tag["attributes"])
        elif name == "li" and not closes:
            yield f"\n{_item_mark(lists)}"
        else:
            yield _in_place_of(name, tag["attributes"], closes=closes)
    yield text[position:]


def _in_place_of(name: str, attributes: str, *, closes: bool) -> str:
    if name in {"s", "del", "strike"}:
        return _STRUCK
    if name == "sup":
        return "" if closes else _SUPERSCRIPT
    if name == "img":
        return _linked(_value(_PICTURE_TEXT, attributes), _value(_ADDRESS, attributes))
    if name in {"td", "th"}:
        return " | " if closes else ""
    if name in {"br", "tr", *_LINES}:
        return "\n"
    return "\n\n" if name in _PARAGRAPHS else ""


def _follow_list(lists: list[int], name: str, *, closes: bool) -> None:
    """Keep the number of the next item of each open list; 0 is a list without numbers."""
    if not closes:
        lists.append(int(name == "ol"))
    elif lists:
        lists.pop()


def _item_mark(lists: list[int]) -> str:
    if not lists or not lists[-1]:
        return "- "
    lists[-1] += 1
    return f"{lists[-1] - 1}. "


def _link_begin(addresses: list[str], attributes: str) -> str:
    addresses.append(_value(_ADDRESS, attributes))
    return ""


def _link_end(addresses: list[str]) -> str:
    address = addresses.pop() if addresses else ""
    return f" ({address})" if address and not address.startswith("#") else ""


def _linked(words: str, address: str) -> str:
    return f"{words} ({address})" if words.strip() and address and words != address else words or address


def _value(pattern: re.Pattern[str], attributes: str) -> str:
    found = pattern.search(attributes)
    return next((group for group in found.groups() if group), "") if found else ""


def _character(entity: re.Match[str]) -> str:
    return html.unescape(entity[0]).replace("\u00a0", " ")
