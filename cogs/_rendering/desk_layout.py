"""What moderators are shown beside replies: what a change would do, what was done. Stored words end with the notice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cogs._custom_ids.desk_states import AsAnswer, AsPhrasing, Discard, EditAgain, Leaf, Save
from cogs._custom_ids.reply_states import Opened
from cogs._rendering import entry_layout, limits
from cogs._rendering.closing import closing
from cogs._rendering.escape import escaped, escaped_line, tidy
from cogs._rendering.layouts import Button, Layout, Reader, Tone, texts
from cogs._rendering.paging import shortened
from knowledge.curation.concerns import ConcernKind
from knowledge.presentation.byline import byline, rating_line
from knowledge.records.recalls import Recalled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cogs._rendering.layouts import Fullness
    from knowledge.curation.differences import Difference
    from knowledge.model import Answer, AnswerReply, Notice, Question
    from knowledge.moderation.unsaved import Unsaved
    from knowledge.moderation.views import Assessment, Saved

RECALLED = (
    "Earlier replies in channels that are edited to follow: {replies:,}. "
    "Private answers that cannot be reached: {private:,}{until}."
)
UNTIL_PRESSED = "; each follows when its reader next presses a button under it"
_JOIN = "If it is, add this as another answer to it, or as a phrasing of it."
IN_THE_FILE = "The rest is too long for a message and stands in the file."


@dataclass(frozen=True, slots=True)
class Passage:
    """A label of ours and a text that may hold stored words."""

    label: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A message, and the text of the file that goes with it, "" for none."""

    layout: Layout
    file: str = ""


def told(heading: str, passages: Sequence[Passage], notice: Notice, rows: tuple[tuple[Button, ...], ...] = ()) -> Told:
    """Draw a message that quotes stored words under labels, closed by the notice; as a file where it is too long."""
    last = closing(notice)
    shown = tuple(texts(_labelled(passage)) for passage in passages)
    whole = Layout(Tone.CHOICES, (texts(heading), *filter(None, shown), last), rows)
    if whole.size <= limits.TEXT_WE_USE and whole.components <= limits.COMPONENTS:
        return Told(whole)
    short = Layout(Tone.CHOICES, (texts(heading, IN_THE_FILE), last), rows)
    file = "\n\n".join(f"{passage.label}\n{passage.text}".strip() for passage in passages)
    return Told(short, "\n\n".join((file, *notice.above, notice.full)) + "\n")


def done(sentence: str, saved: Saved, notice: Notice, *, always_counted: bool = False) -> Told:
    """Draw what was changed, under a sentence that says how; with what becomes of earlier replies, where there are any.

    `always_counted` says so too where there are none.
    """
    passages = [Passage(entry.title, f"Entry: {entry.id}") for entry in saved.entries]
    recalled = saved.recalled
    if recalled is not None and (always_counted or recalled != Recalled()):
        until = UNTIL_PRESSED if recalled.private else ""
        passages.append(Passage(RECALLED.format(replies=recalled.replies, private=recalled.private, until=until)))
    return told(sentence, passages, notice)


def refusal(sentence: str, notice: Notice) -> Layout:
    """Draw a refusal that quotes stored words, cut where it quotes more than a message holds."""
    last = closing(notice)
    room = limits.TEXT_WE_USE - sum(map(limits.size, last))
    return Layout(Tone.PLAIN, ((escaped(shortened(tidy(sentence), room)),), last))


def preview(reply: AnswerReply, draft: int, fullness: Fullness, opened: Leaf | None = None) -> Layout:
    """Draw a reply as members would see it. Its pages can be turned; what else members could press is idle."""
    at = Opened(0, reply.question.id, opened.answer, opened.page) if opened else None
    shown = entry_layout.answers(reply, Reader(0, fullness, votes=True), at)
    rows = tuple(tuple(_of_preview(button, draft) for button in row) for row in shown.rows)
    return Layout(shown.tone, shown.blocks, rows)


def before_saving(
    assessment: Assessment, unsaved: Unsaved, draft: int, notice: Notice, page_warnings: Iterable[str] = ()
) -> Told:
    """Draw what a moderator looks at before saving: concerns, what changes, and what can be done."""
    has_form = unsaved.form is not None
    is_new = unsaved.proposal is not None and unsaved.proposal.original is None
    heading = "**Not saved yet.** Above is what members will see."
    if assessment.waits:
        why = f" ({', '.join(sorted(assessment.risks))})" if assessment.risks else ""
        heading = (
            "**Not saved yet.** Above is what members will see once another moderator has approved it: "
            f"this server reviews such answers{why}."
        )
    duplicates = [one for one in assessment.concerns if one.kind is ConcernKind.NEAR_DUPLICATE and one.other]
    joinable = duplicates if has_form and is_new else []
    passages = []
    if assessment.broken:
        broken = "\n".join(f"- {example}" for example in assessment.broken)
        passages.append(Passage("It cannot be saved like this. These examples would no longer hold:", broken))
    passages += [
        Passage(f"May be the same question as number {n}:", f"{one.message} {_JOIN}")
        for n, one in enumerate(joinable, 1)
    ]
    others = [one.message for one in assessment.concerns if one not in joinable] + list(page_warnings)
    if others:
        passages.append(Passage("Look at this first:", "\n".join(f"- {message}" for message in others)))
    question = assessment.preview.question
    if is_new and entry_layout.is_cut(question):
        passages.append(Passage("The whole text under the question", question.details))
    if not is_new:
        passages += changes(assessment.differences, question)
    row = [] if assessment.broken else [Button("Save", Save(draft))]
    row += [Button("Edit again", EditAgain(draft))] if has_form else []
    rows = [(*row, Button("Discard", Discard(draft)))]
    rows += [_joining(draft, number, one.other.id) for number, one in enumerate(joinable, 1) if one.other]
    return told(heading, passages, notice, tuple(rows))


def changes(differences: Iterable[Difference], question: Question | None) -> Iterator[Passage]:
    """Give what differs, part by part: a line that begins with - goes, one with + comes.

    `question` is the later of the two states: whose words are shown is told from it.
    """
    signed = {f"Answer {n}": signature(one, question) for n, one in enumerate(question.answers, 1)} if question else {}
    for one in differences:
        whose = signed.get(one.part.partition(":")[0], "")
        yield Passage(f"Changes: {one.part}{f' ({whose})' if whose else ''}", "\n".join(one.lines))


def signature(answer: Answer, question: Question) -> str:
    """Say in one line who wrote an answer."""
    return ", ".join(line for line in byline(answer, question) if line != rating_line(answer))


def _joining(draft: int, number: int, entry: str) -> tuple[Button, ...]:
    return (
        Button(f"Add as an answer to number {number}", AsAnswer(draft, entry)),
        Button(f"Add as a phrasing of number {number}", AsPhrasing(draft, entry)),
    )


def _of_preview(button: Button, draft: int) -> Button:
    if isinstance(button.state, Opened):
        return Button(button.label, Leaf(draft, button.state.answer, button.state.page), button.current)
    return Button(button.label, button.state, idle=True)


def _labelled(passage: Passage) -> str:
    text = escaped(tidy(passage.text))
    return f"**{escaped_line(passage.label)}**\n{text}" if text else escaped_line(passage.label)
