"""Words that hide: spaced-out letters, letters of other scripts, digits and stars in place of letters.

Members write so to get past word filters ("k i l l", "su1cide", "d*e"). Only what comes out as words that the screen
knows is changed; all else stays as it was written.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

# Cyrillic and Greek letters that look like Latin ones: read as such only beside true Latin letters.
_LOOK_ALIKES = str.maketrans(
    dict(zip("авекмнорстухіјѕԁӏһԛԝ", "abekmhopctyxijsdlhqw", strict=True))
    | dict(zip("αβγεικνορτυχωη", "abyeikvoptuxwn", strict=True))
)
# Phonetic and small capital letters, and flags made of two letters: Latin ones in other clothes.
_OTHER_LATIN = str.maketrans(
    dict(zip("ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢıɑɡɩłøđħ", "abcdeghijklmnoprstuvwyziagilodh", strict=True))
    | {chr(0x1F1E6 + at): letter for at, letter in enumerate("abcdefghijklmnopqrstuvwxyz")}
)
_LATIN = re.compile(r"[a-z]")
# Three or more single letters with the same few signs between them.
_SPACED = re.compile(r"(?<![^\W_])(?<!['\u2019])(?:[^\W\d_][ .*_~|·-]{1,3}){2,60}[^\W\d_](?![^\W_]|['\u2019])")
_SEPARATORS = re.compile(r"[ .*_~|·-]+")
# More spaced-out letters than any honest message has; those after them stay as they are.
_MOST_SPACED = 240
_LONGEST_WORD = 16
_SIGNED = re.compile(r"[a-z][013457!@$]|[013457!@$][a-z]")
_SIGNED_WORD = re.compile(r"[a-z0-9!@$]+")
# A one is an i or an l; in "k111" it is both.
_SIGNS = tuple(str.maketrans("013457!@$", letters) for letters in ("oieastias", "oleastlas"))
_STARRED_WORD = re.compile(r"(?<![a-z*])[a-z]*\*[a-z*]*")
# More starred words than any honest message has; those after them stay as they are.
_MOST_STARRED = 100
_LEAST_LETTERS = 3


class Disguises:
    """Undoes disguises. `words` are those that may come out; `masked` those that may stand behind stars."""

    def __init__(self, words: Container[str], masked: Iterable[str]) -> None:
        self._words = words
        self._masked: dict[int, list[str]] = defaultdict(list)
        for word in sorted(masked):
            self._masked[len(word)].append(word)

    def joined(self, text: str) -> str:
        """Give `text` with spaced-out letters joined: "k i l l  m y s e l f", "s.u.i.c.i.d.e"."""
        left = _MOST_SPACED

        def join(found: re.Match[str]) -> str:
            nonlocal left
            left -= len(found[0]) // 2
            return self._join(found[0]) or found[0] if left > 0 else found[0]

        return _SPACED.sub(join, text)

    def undone(self, folded: str) -> str:
        """Give folded `text` in plain letters: "su1cide", "d*e", and words with letters of another script in them."""
        if not folded.isascii():
            folded = folded.translate(_OTHER_LATIN)
            folded = folded.translate(_LOOK_ALIKES) if _LATIN.search(folded) else folded
        if _SIGNED.search(folded):
            plain = {word: self._unsigned(word) for word in set(_SIGNED_WORD.findall(folded))}
            folded = _SIGNED_WORD.sub(lambda found: plain[found[0]], folded)
        if "*" in folded:
            folded = _STARRED_WORD.sub(lambda found: self._unmasked(found[0]), folded, count=_MOST_STARRED)
        return folded

    def _join(self, spaced: str) -> str:
        """Give the words that spaced-out letters make, "" where they make none."""
        between = [len(found) for found in _SEPARATORS.findall(spaced)]
        letters = _SEPARATORS.split(spaced.lower())
        nearest = min(between)
        parts, word = [], letters[0]
        for gap, letter in zip(between, letters[1:], strict=True):
            if gap > nearest:
                parts.append(word)
                word = ""
            word += letter
        found = [self._segmented(part) for part in (*parts, word)]
        words = [word for part in found for word in part]
        return " ".join(words) if all(found) and any(len(word) >= _LEAST_LETTERS for word in words) else ""

    def _segmented(self, letters: str) -> Sequence[str]:
        """Give the fewest known words that `letters` run together, none where they do not."""
        best: list[tuple[str, ...] | None] = [()]
        for end in range(1, len(letters) + 1):
            ways = (
                (*before, letters[start:end])
                for start in range(max(0, end - _LONGEST_WORD), end)
                if (before := best[start]) is not None and (end - start == 1 or letters[start:end] in self._words)
            )
            best.append(min(ways, key=len, default=None))
        return best[-1] or ()

    def _unsigned(self, word: str) -> str:
        if word.isalpha() or word.isdecimal():
            return word
        mixed = word.replace("1", "i", 1)
        ways = (word.translate(_SIGNS[0]), word.translate(_SIGNS[1]), mixed.translate(_SIGNS[1]))
        return next((way for way in ways if len(way) >= _LEAST_LETTERS and way in self._words), word)

    def _unmasked(self, word: str) -> str:
        inside = word.strip("*")
        if "*" not in inside:
            return word
        alike = (
            masked
            for masked in self._masked.get(len(inside), ())
            if all(sign in ("*", letter) for sign, letter in zip(inside, masked, strict=True))
        )
        return next(alike, word)
