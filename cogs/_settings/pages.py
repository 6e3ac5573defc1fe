"""The pages of the settings panel: what each says, and its controls."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Any

import discord

from cogs._custom_ids.settings_states import Act, Use
from cogs._rendering.limits import size
from cogs._settings import words
from cogs._settings.access import hindrances
from cogs._settings.controls import PanelControl, button, channels, option, roles, select
from cogs._settings.panel import SETTINGS_OF, TITLES, Page, Panel
from knowledge.curation.care import is_offered, meaning
from knowledge.curation.setting_rules import MOST_CHANNELS, MOST_ROLES
from knowledge.curation.settings import REVIEW_MEANS, Care, ReviewMode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence


SHOWN_CHANGES = 12
# For what may be any number of lines, in UTF-16 units.
_ROOM = 1_500
CHECKLIST = (
    "**What to set first**\n"
    "1. **Where I listen**: until you choose channels, I answer only those who ask me.\n"
    "2. **Who moderates**: until you name roles, all who may manage messages may change answers.\n"
    "3. **Emergencies and notice**: the country whose numbers come first on emergency cards.\n"
    "4. **Staff and keeping**: a channel in which your staff is told of emergencies, without words or names."
)
HOLDS = "Everything else works as it is. Nothing here can take the notice away, or hold an emergency card back."
_AGAIN_AFTER = (0, 300, 600, 1_800, 3_600, 86_400)
_OFTEN = ((0, 300), (1, 60), (3, 300), (5, 300), (10, 300), (10, 3_600))
_RETENTION = (30, 60, 90, 180, 365)
_NO_COUNTRY = "none"
_TEXT_CHANNELS = (discord.ChannelType.text, discord.ChannelType.news)
_WATCHABLE = (*_TEXT_CHANNELS, discord.ChannelType.forum, discord.ChannelType.voice)
_COLOUR = 0x8A8F98


def drawn(page: Page, panel: Panel) -> discord.ui.LayoutView:
    """Draw a page of the panel."""
    title, _ = TITLES[page]
    items: list[discord.ui.Item[Any]] = [discord.ui.TextDisplay(f"## {title}")]
    if panel.told:
        items += [discord.ui.TextDisplay(f"**{panel.told}**"), discord.ui.Separator()]
    items += _PAGES[page](panel)
    if page in SETTINGS_OF and not panel.settings.chosen.isdisjoint(SETTINGS_OF[page]):
        items.append(_row(button("Leave this page to the operator again", Use(Act.LEAVE, page))))
    options = [option(title, to, "", about) for to, (title, about) in TITLES.items()]
    items += [discord.ui.Separator(), _row(select(Use(Act.PAGE, "to"), "Go to another page", options))]
    shown = discord.ui.LayoutView(timeout=None)
    shown.add_item(discord.ui.Container(*items, accent_colour=_COLOUR))
    return shown


def _row(*controls: PanelControl) -> discord.ui.ActionRow[Any]:
    return discord.ui.ActionRow[Any](*controls)


def _texts(*said: str) -> Iterator[discord.ui.Item[Any]]:
    return (discord.ui.TextDisplay(text) for text in said if text)


def _overview(panel: Panel) -> Iterator[discord.ui.Item[Any]]:
    settings = panel.settings
    if settings.is_paused(discord.utils.utcnow()):
        until = f" until <t:{settings.paused_until}:f>" if settings.paused_until else ""
        yield from _texts(f"**Paused{until}.** I show emergency help lines and nothing else.")
        yield _row(button("Go on answering", Use(Act.OFF, "paused"), main=True))
    yield from _texts(*_hindrances(panel), *(() if settings.chosen else (CHECKLIST, HOLDS)))
    for page, names in SETTINGS_OF.items():
        yield discord.ui.Separator()
        shown = [panel.value(name) for name in names if name != "member_window"]
        yield from _texts("\n".join((f"**{TITLES[page][0]}**", *(f"- {line}" for line in shown))))
    yield from _texts("-# What stands in italics is as this bot's operator says, until you choose.")


def _listening(panel: Panel) -> Iterator[discord.ui.Item[Any]]:
    watches = panel.settings.watch_threads
    yield from _texts(
        "In the channels that you choose I read every message, answer when I am sure, and am silent otherwise. "
        "I leave alone who replies to somebody else, quotes, and commands of other bots. Elsewhere I read only what is "
        "said to me.",
        *_hindrances(panel),
    )
    there = [number for number in map(int, panel.settings.watched) if panel.guild.get_channel_or_thread(number)]
    yield _row(channels(Use(Act.CHOOSE, "watched"), "No channel is watched", there, MOST_CHANNELS, _WATCHABLE))
    yield from _texts(panel.value("watch_threads"))
    yield _row(_switch("watch_threads", watches, "Leave threads and posts alone", "Watch threads and posts too"))


def _moderators(panel: Panel) -> Iterator[discord.ui.Item[Any]]:
    yield from _texts(
        "Moderators add, correct, review and withdraw this server's answers. Admins always may. Without roles, all who "
        "may manage messages do."
    )
    chosen = [number for number in map(int, panel.settings.moderator_roles) if panel.guild.get_role(number)]
    yield _row(roles(Use(Act.CHOOSE, "moderator_roles"), "All who may manage messages", chosen, MOST_ROLES))
    yield from _texts(f"**Review.** {REVIEW_MEANS[panel.settings.review]}")
    named = {ReviewMode.OFF: "Nothing waits", ReviewMode.RISKY: "What is risky waits", ReviewMode.ALL: "All waits"}
    means = {mode: f"{REVIEW_MEANS[mode].partition('. ')[0].rstrip('.')}." for mode in ReviewMode}
    options = [option(named[mode], mode, panel.settings.review, means[mode]) for mode in ReviewMode]
    yield _row(select(Use(Act.CHOOSE, "review"), "Review", options))


def _answers(panel: Panel) -> Iterator[discord.ui.Item[Any]]:
    settings = panel.settings
    offered = [care for care in Care if is_offered(care, panel.operators) or care is settings.care]
    means = {care: meaning(care, panel.operators, panel.measured) for care in offered}
    listed = "\n".join(f"- **{care.value.capitalize()}**: {said}." for care, said in means.items())
    yield from _texts(f"**How sure I am before I answer**, measured on questions that I was not made with:\n{listed}")
    options = [option(care.value.capitalize(), care, settings.care, said) for care, said in means.items()]
    yield _row(select(Use(Act.CHOOSE, "care"), "How sure", options))
    yield from _texts("**The same answer in a channel.** Sooner than this I link to it, or am silent if nobody asked.")
    spans = sorted({*_AGAIN_AFTER, settings.answer_again_after})
    after = [option(words.said("answer_again_after", one), str(one), str(settings.answer_again_after)) for one in spans]
    yield _row(select(Use(Act.CHOOSE, "answer_again_after"), "The same answer", after))
    yield from _texts(
        "**Answers to one member.** Who asks more is told when to ask again. Emergency cards never count."
    )
    now = (settings.answers_per_member, settings.member_window)
    rates = [
        option(
            f"{count} in {words.span(window)}" if count else "No limit", f"{count}_{window}", "_".join(map(str, now))
        )
        for count, window in sorted({*_OFTEN, now})
    ]
    yield _row(select(Use(Act.CHOOSE, "often"), "Answers to one member", rates))
    yield from _texts(panel.value("private_ask") + ". Members may choose otherwise each time.")
    yield _row(_switch("private_ask", settings.private_ask, "Show it to everybody", "Show it to the asker alone"))


def _safety(panel: Panel) -> Iterator[discord.ui.Item[Any]]:
    settings = panel.settings
    yield from _texts(
        "**Emergency cards** always name 911. The numbers of a country that you choose come first after it.",
    )
    options = [option("No country of our own", _NO_COUNTRY, settings.country or _NO_COUNTRY)]
    options += [option(name, code, settings.country) for code, name in panel.countries]
    yield _row(select(Use(Act.CHOOSE, "country"), "Country", options))
    yield from _texts(panel.value("own_lines"))
    yield _row(button("Write your own lines", Use(Act.FORM, "own_lines")))
    yield from _texts(f"{panel.value('notice_addition')}\n-# The notice itself always stays, word for word, below it.")
    yield _row(button("Write your own text", Use(Act.FORM, "notice_addition")))


def _staff(panel: Panel) -> Iterator[discord.ui.Item[Any]]:
    settings, guild = panel.settings, panel.guild
    yield from _texts(
        "**Staff channel.** It is told at once when an emergency card was shown, or when somebody says that an answer "
        "could harm: with a link, and without words or names."
    )
    there = [int(one) for one in (settings.staff_channel,) if one and guild.get_channel_or_thread(int(one))]
    yield _row(channels(Use(Act.CHOOSE, "staff_channel"), "No staff channel of our own", there, 1, _TEXT_CHANNELS))
    yield from _texts(f"{panel.value('digest')}\n-# Counts of a week, and what was asked for most in vain.")
    digest = [button("Set the digest", Use(Act.FORM, "digest"))]
    yield _row(*digest, *([button("No digest", Use(Act.OFF, "digest"))] if settings.digest else []))
    yield from _texts(
        "**For how long it is known which reply showed what**, without authors or words. Then only counts are left."
    )
    days = sorted({*_RETENTION, settings.retention_days})
    kept = [option(f"{one} days", str(one), str(settings.retention_days)) for one in days]
    yield _row(select(Use(Act.CHOOSE, "retention_days"), "Days", kept))


def _history(panel: Panel) -> Iterator[discord.ui.Item[Any]]:
    yield from _texts(_fitting(map(words.changed, panel.history)) or "Nobody has changed anything yet.")


def _hindrances(panel: Panel) -> Sequence[str]:
    found = hindrances(panel.guild, panel.settings, reads=panel.reads)
    return [said] if (said := _fitting(f"- {one}" for one in found)) else []


def _fitting(lines: Iterable[str]) -> str:
    """Give the first of these lines, as many as leave room for what else stands on a page."""
    every = list(lines)
    fitting = sum(taken <= _ROOM for taken in accumulate(size(line) + 1 for line in every))
    return "\n".join([*every[:fitting], *(["- and more"] if fitting < len(every) else [])])


def _switch(name: str, is_on: bool, off: str, on: str) -> PanelControl:  # noqa: FBT001  # what the switch shows
    return button(off if is_on else on, Use(Act.OFF if is_on else Act.ON, name))


_PAGES: Mapping[Page, Callable[[Panel], Iterator[discord.ui.Item[Any]]]] = {
    Page.OVERVIEW: _overview,
    Page.LISTENING: _listening,
    Page.MODERATORS: _moderators,
    Page.ANSWERS: _answers,
    Page.SAFETY: _safety,
    Page.STAFF: _staff,
    Page.HISTORY: _history,
}
