"""What each change makes of an entry. A change is decided here, kept by `records`, and shown only after that.

`book_hash` is everywhere the content hash of the book's entry of the same id as it is now, "" where the book has none.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.content.canonical import content_hash
from knowledge.curation.entry import Action, Entry, Revision, Step, Version, Wording
from knowledge.curation.refusals import ChangedMeanwhile, NotAllowed, Refused

if TYPE_CHECKING:
    from knowledge.curation.entry import Signed
    from knowledge.model import Question

NOTHING_CHANGED = "Nothing was saved, because nothing was changed."
NOTHING_WAITS = "Nothing waits for review here any more. Somebody approved or rejected it before you."
OWN_DRAFT = "You had a part in writing this, so another moderator has to approve it."
SAY_WHY = "Please say why. The reason is kept in the history."
WITHDRAWN = "This answer is withdrawn. Restore it first, then change it."
NOTHING_TO_CHOOSE = "There is nothing to choose here any more: somebody did, or the book says again what it said."
ALREADY_WITHDRAWN = "This answer is withdrawn already."


def version(entry: Entry, book_hash: str) -> Version:
    """Give what a person sees of `entry` now, to be held against what is there when they save."""
    follows_book = entry.live is None and entry.draft is None
    return Version(entry.id, entry.number, book_hash if follows_book else "")


def require_seen(entry: Entry, book_hash: str, seen: Version) -> None:
    """Raise `ChangedMeanwhile` unless the entry is as the person saw it."""
    if version(entry, book_hash) != seen:
        raise ChangedMeanwhile(entry)


def written(entry: Entry, question: Question, signed: Signed, *, book_hash: str, waits: bool) -> Step:
    """Make the entry say `question`: at once, or as a draft where it `waits` for another moderator.

    Edits go on from the draft where there is one. An override that says what the book says is none any more.
    """
    if entry.hidden and entry.draft is None:
        raise Refused(WITHDRAWN)
    current = entry.draft or entry.live
    new_hash = content_hash(question)
    if new_hash == (current.content_hash if current else book_hash):
        raise Refused(NOTHING_CHANGED)
    base_hash = current.base_hash if current else book_hash
    authors = entry.drafted_by | {signed.by}
    wording = Wording(entry.number + 1, question, new_hash, authors, base_hash)
    revision = Revision(
        wording.number,
        Action.EDIT if current or book_hash else Action.ADD,
        signed,
        question=question,
        content_hash=new_hash,
        base_hash=base_hash,
        authors=authors,
    )
    after = _waiting(entry, wording, authors) if waits else _live(entry, wording, book_hash)
    return Step(entry, replace(after, number=revision.number), revision)


def withdrawn(entry: Entry, signed: Signed, *, book_hash: str) -> Step:
    """Show members nothing of the entry from now on, not even the book's. A draft goes with it."""
    current = entry.live or entry.draft
    if entry.hidden and current is None:
        raise Refused(ALREADY_WITHDRAWN)
    if current is None and not book_hash:
        raise Refused(ALREADY_WITHDRAWN)
    if not signed.reason:
        raise Refused(SAY_WHY)
    after = Entry(entry.id, hidden=True, title=entry.title)
    return _step(entry, after, Action.WITHDRAW, signed, target=current.number if current else None)


def restored(entry: Entry, wording: Wording, signed: Signed, *, book_hash: str, waits: bool) -> Step:
    """Make the entry say again what one of its revisions said: at once, or as a draft where it `waits`."""
    current = entry.draft or entry.live
    if current is None and not entry.hidden and wording.content_hash == book_hash:
        raise Refused(NOTHING_CHANGED)
    if current and current.content_hash == wording.content_hash:
        raise Refused(NOTHING_CHANGED)
    drafted_by = wording.authors | {signed.by}
    after = _waiting(entry, wording, drafted_by) if waits else _live(entry, wording, book_hash)
    return _step(entry, after, Action.RESTORE, signed, target=wording.number)


def following_book(entry: Entry, signed: Signed, *, book_hash: str) -> Step:
    """Show the book's entry again in place of what this server made of it. A draft goes with it.

    It needs no review: the words are the owners', which every other server shows.
    """
    if not book_hash:
        raise Refused("The book has no answer of this name, so there is none to go back to.")
    if not (entry.hidden or entry.live or entry.draft):
        raise Refused(NOTHING_CHANGED)
    return _step(entry, Entry(entry.id, title=entry.title), Action.FOLLOW_BOOK, signed)


def is_outdated(entry: Entry, book_hash: str) -> bool:
    """Whether the book has changed an entry since the server did, so that its moderators have to choose."""
    return entry.live is not None and book_hash not in {entry.live.base_hash, entry.live.content_hash}


def kept(entry: Entry, signed: Signed, *, book_hash: str) -> Step:
    """Let a server's words stand over what the book says now. It needs no review: members see what they saw."""
    if entry.live is None or not is_outdated(entry, book_hash):
        raise Refused(NOTHING_TO_CHOOSE)
    live = replace(entry.live, number=entry.number + 1, base_hash=book_hash)
    revision = Revision(
        live.number,
        Action.KEEP,
        signed,
        target=entry.live.number,
        question=live.question,
        content_hash=live.content_hash,
        base_hash=book_hash,
        authors=live.authors,
    )
    return Step(entry, replace(entry, live=live, number=live.number), revision)


def merged(entry: Entry, signed: Signed, *, book_hash: str) -> Step | None:
    """Give the book an entry that it says in the very words of this server, or None where it does not.

    What was merged into the knowledge file is no override any more; a draft goes on waiting.
    """
    if entry.live is None or entry.live.content_hash != book_hash:
        return None
    return _step(entry, replace(entry, live=None), Action.MERGE, signed, target=entry.live.number)


def approved(entry: Entry, signed: Signed, *, book_hash: str) -> Step:
    """Put the draft before members. Raises `NotAllowed` for everybody who had a part in it."""
    if entry.draft is None:
        raise Refused(NOTHING_WAITS)
    if signed.by in entry.drafted_by:
        raise NotAllowed(OWN_DRAFT)
    after = _live(entry, entry.draft, book_hash)
    return _step(entry, after, Action.APPROVE, signed, target=entry.draft.number)


def rejected(entry: Entry, signed: Signed) -> Step:
    """Drop the draft; what members see stays. Whoever had a part in it may drop it without a reason."""
    if entry.draft is None:
        raise Refused(NOTHING_WAITS)
    if not signed.reason and signed.by not in entry.drafted_by:
        raise Refused(SAY_WHY)
    after = replace(entry, draft=None, drafted_by=frozenset())
    return _step(entry, after, Action.REJECT, signed, target=entry.draft.number)


def _live(entry: Entry, wording: Wording, book_hash: str) -> Entry:
    live = None if wording.content_hash == book_hash else wording
    return Entry(entry.id, live=live, title=wording.question.title)


def _waiting(entry: Entry, wording: Wording, drafted_by: frozenset[str]) -> Entry:
    return replace(entry, draft=wording, drafted_by=drafted_by, title=wording.question.title)


def _step(entry: Entry, after: Entry, action: Action, signed: Signed, target: int | None = None) -> Step:
    number = entry.number + 1
    return Step(entry, replace(after, number=number), Revision(number, action, signed, target))
