"""A week in several servers: what people do over the wire, and beside it what should come of that."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.store.folder import DATABASE
from knowledge.content.book import read_book_text
from knowledge.presentation import sentences
from tests.cogs.book import HEART
from tests.fakediscord import Person, permissions
from tests.fakediscord.mentions import texts
from tests.wire.test_process_kills import says_saved
from tests.wire.test_process_queue import DIRECTLY, HERE, with_button

if TYPE_CHECKING:
    import random

    from tests.fakediscord.state import Guild, Json
    from tests.wire.conftest import Clinic

SERVERS, MEMBERS = 3, 4
DAY = 86_400
BOOK = {
    "knee": "Why does my knee click when I climb stairs?",
    "lens": "How long do new contact lenses sting?",
    "tan": "Does a tanning bed make eczema worse?",
    "snore": "Can a mouth guard stop me from snoring?",
}
UNKNOWN = (
    "why do mosquito bites itch so much?",
    "what colour is the moon at noon?",
    "how tall does a giraffe grow?",
    "who invented the umbrella?",
    "when do swallows fly south?",
    "where do eels breed?",
)
SMALL_TALK = ("good morning all", "i had a lovely weekend, so happy", "see you tomorrow then")


def told(message: Json) -> str:
    return " ".join(texts(message))


def is_telling(message: Json) -> bool:
    """Whether a message tells somebody what became of a question that they passed on."""
    return any(sentence in told(message) for sentence in (sentences.YOUR_ANSWER, sentences.DISMISSED))


@dataclass(slots=True)
class Waiting:
    """What somebody passed on. `message` is theirs, with the button that takes it back."""

    who: Person
    text: str
    message: Json
    route: str


@dataclass
class Server:
    """A server with its people, and what should be true in it."""

    guild: Guild
    room: Json
    watched: Json
    members: list[Person]
    moderator: Person
    counts: Counter[str] = field(default_factory=Counter)
    withdrawn: set[str] = field(default_factory=set)
    # What the moderators answered: the title is what members asked, by the entry's words.
    answers: dict[str, str] = field(default_factory=dict)
    waiting: list[Waiting] = field(default_factory=list)
    # Replies that show an entry, by its title.
    replies: list[tuple[Json, str]] = field(default_factory=list)
    votes: dict[tuple[str, str], bool] = field(default_factory=dict)
    # How often somebody was to be told of a title or a dismissal.
    to_tell: Counter[tuple[str, str]] = field(default_factory=Counter)
    # Silences since the last time that they were surely written, and those that a kill may have lost.
    unwritten: int = 0
    perhaps_lost: int = 0

    def wrote(self) -> None:
        self.unwritten = 0

    def killed(self) -> None:
        self.perhaps_lost += self.unwritten
        self.unwritten = 0


class Week:
    """`chance` decides everything, so that a seed plays the same week again."""

    def __init__(self, clinic: Clinic, chance: random.Random) -> None:
        self.clinic, self.fake, self.chance = clinic, clinic.fake, chance
        self.versions = dict.fromkeys(BOOK, 1)
        # Who is not read.
        self.out: set[str] = set()
        self.servers = [self._server(number) for number in range(SERVERS)]
        clinic.rooms = [server.watched for server in self.servers]
        clinic.book = clinic.folder / "book.toml"
        self.write_book()

    def _server(self, number: int) -> Server:
        world = self.fake.world
        guild = world.add_guild(f"server-{number}")
        mods = world.add_role(guild, "Mods", permissions.MANAGE_MESSAGES)
        members = [Person(self.fake, f"member-{number}-{one}", guild) for one in range(MEMBERS)]
        rooms = world.add_channel(guild, "general"), world.add_channel(guild, "questions")
        return Server(guild, *rooms, members, Person(self.fake, f"moderator-{number}", guild, roles=(mods,)))

    # --- What should be ------------------------------------------------------------------------

    def body(self, server: Server, title: str) -> str:
        """Give what the bot should say under a title in a server, "" where it should say nothing."""
        if title in server.answers:
            return server.answers[title]
        entry = next((entry for entry, one in BOOK.items() if one == title), None)
        return "" if entry is None or entry in server.withdrawn else self._book_body(entry)

    def _book_body(self, entry: str) -> str:
        return f"The words of {entry} in their version number {self.versions[entry]}, as the file has them."

    def write_book(self) -> None:
        text = "\n".join(
            f'[[question]]\nid = "{entry}"\ntitle = "{title}"\n'
            f'[[question.answers]]\nname = "Jo Kim, MD"\nbody = "{self._book_body(entry)}"\n'
            for entry, title in BOOK.items()
        )
        self.fake.inspection.know(read_book_text("book.toml", text).questions)
        assert self.clinic.book
        self.clinic.book.write_text(text, "utf-8")

    # --- What members do -----------------------------------------------------------------------

    async def ask(self, server: Server, *, listening: bool = True) -> Json:
        """Ask the book in a channel, by mention. While the bot is away, nobody waits for the reply."""
        who, title = self.chance.choice(server.members), self._live_title(server)
        message = await who.mention(server.room, title)
        return await self.asked(server, message, title) if listening else message

    async def asked(self, server: Server, message: Json, title: str) -> Json:
        reply = await self.fake.reply_to(message)
        await self.fake.until(lambda: self.body(server, title) in told(reply))
        server.counts["answered"] += 1
        server.replies.append((reply, title))
        return reply

    def _live_title(self, server: Server) -> str:
        return self.chance.choice([one for one in (*BOOK.values(), *server.answers) if self.body(server, one)])

    async def ask_by_command(self, server: Server) -> None:
        who, title = self.chance.choice(server.members), self._live_title(server)
        reply = await who.shown(await who.slash(server.room, "ask", question=title, public=True))
        assert self.body(server, title) in told(reply)
        server.counts["answered"] += 1
        server.replies.append((reply, title))

    async def overhear(self, server: Server) -> None:
        who = self.chance.choice(server.members)
        if self.chance.random() < 0.5:
            title = self._live_title(server)
            message = await who.say(server.watched, title)
            if who.user["id"] not in self.out:
                await self.asked(server, message, title)
            return
        await who.say(server.watched, self.chance.choice(SMALL_TALK))
        # What is behind it in the channel is answered after it.
        await self.asked(server, await server.moderator.mention(server.watched, BOOK["tan"]), BOOK["tan"])
        if who.user["id"] not in self.out:
            server.counts["silent"] += 1
            server.unwritten += 1

    async def alarm(self, server: Server) -> None:
        message = await self.chance.choice(server.members).say(server.watched, f"@here {HEART}")
        author = message["author"]["id"]
        if author in self.out:
            return
        assert "911" in told(await self.fake.reply_to(message))
        server.counts["emergencies"] += 1

    async def pass_on(self, server: Server) -> None:
        open_ones = [one for one in UNKNOWN if one not in server.answers]
        if not open_ones:
            return
        who, text = self.chance.choice(server.members), self.chance.choice(open_ones)
        reply = await self.fake.reply_to(await who.mention(server.room, text))
        assert told(reply).startswith(sentences.NOTHING_FOUND)
        server.counts["missed"] += 1
        if self.chance.random() < 0.2 or any(one.who is who and one.text == text for one in server.waiting):
            return
        label = self.chance.choice((HERE, DIRECTLY))
        offer = await who.press(reply, label="Ask the moderators")
        message = await self.fake.until(lambda: with_button(offer, label))
        kept = await who.press(message, label=label)
        back = await self.fake.until(lambda: with_button(kept, "Take it back"))
        server.waiting.append(Waiting(who, text, back, label))

    async def take_back(self, server: Server) -> None:
        if server.waiting:
            one = server.waiting.pop(self.chance.randrange(len(server.waiting)))
            press = await one.who.press(one.message, label="Take it back")
            await self.fake.until(lambda: sentences.TAKEN_BACK in told(press.original or {}))

    async def vote(self, server: Server) -> None:
        # One that was withdrawn and came back may not have been edited yet.
        shown = [
            reply for reply, title in server.replies if (self.body(server, title) or sentences.WITHDRAWN) in told(reply)
        ]
        if not shown:
            return
        reply, who, helpful = self.chance.choice(shown), self.chance.choice(server.members), self.chance.random() < 0.7
        await who.shown(await who.press(reply, label="Helpful" if helpful else "Not helpful"))
        server.votes[reply["id"], who.user["id"]] = helpful

    async def opt(self, server: Server) -> None:
        who = self.chance.choice(server.members)
        out = who.user["id"] not in self.out
        panel = await who.shown(await who.slash(server.room, "privacy"))
        labels = [part.get("label", "") for row in panel["components"] for part in _parts(row)]
        label = next(one for one in labels if "watched channels" in one)
        assert ("again" in label) == (not out)
        press = await who.press(panel, label=label)
        said = sentences.OPTED_OUT if out else sentences.OPTED_IN
        await self.fake.until(lambda: said in told(press.original or {}))
        self.out ^= {who.user["id"]}

    # --- What moderators and owners do ---------------------------------------------------------

    async def answer(self, server: Server) -> None:
        """Answer what waits. Each who asked it is to be told once."""
        if not server.waiting:
            return
        title, moderator = self.chance.choice(server.waiting).text, server.moderator
        body = f"What {server.guild.name} says to this, and nobody else: {title}"
        opened = await moderator.acknowledged(await moderator.slash(server.room, "answer add"))
        sent = await moderator.submit(opened, {"title": title, "body": body, "name": "Jo Kim, MD"})
        message = await self.fake.until(lambda: with_button(sent, "Save"))
        pressed = await moderator.press(message, label="Save")
        await self.fake.until(lambda: says_saved(pressed))
        server.answers[title] = body
        for one in [one for one in server.waiting if one.text == title]:
            server.waiting.remove(one)
            server.to_tell[one.who.user["id"], body] += 1
            server.counts["answered"] += 1
        await self.all_told(server)

    async def dismiss(self, server: Server) -> None:
        """Dismiss what is asked most, for a reason of its own."""
        if not server.waiting:
            return
        moderator = server.moderator
        page = await moderator.shown(await moderator.slash(server.room, "queue"))
        # Near it stand questions that are answered already.
        text = next(one.text for one in server.waiting if one.text in told(page))
        opened = await moderator.acknowledged(await moderator.press(page, label="Dismiss"))
        # Not in the member's words: where those are kept is asked at the end of the week.
        reason = f"In {server.guild.name} nobody says anything about number {UNKNOWN.index(text)}."
        sent = await moderator.submit(opened, {"reason": reason})
        await self.fake.until(lambda: "Done." in told(sent.original or {}))
        for one in [one for one in server.waiting if one.text == text]:
            server.waiting.remove(one)
            server.to_tell[one.who.user["id"], reason] += 1
        await self.all_told(server)

    async def withdraw_or_restore(self, server: Server) -> None:
        entry = self.chance.choice([one for one in BOOK if one != "tan"])
        name = "restore" if entry in server.withdrawn else "withdraw"
        moderator = server.moderator
        await moderator.shown(await moderator.slash(server.room, f"answer {name}", entry=entry, reason="Seen."))
        server.withdrawn ^= {entry}

    async def edit_book(self) -> None:
        entry = self.chance.choice(list(BOOK))
        self.versions[entry] += 1
        self.write_book()

    # --- What came of it -----------------------------------------------------------------------

    def tellings(self, who: str, words: str) -> int:
        """Count how often the bot told somebody something that they waited for, in a channel or directly."""
        own = self.fake.world.direct_channel(self.fake.world.users[who])["id"]
        found = [one for one in self._by_bot() if one["channel_id"] == own or f"<@{who}>" in told(one)]
        return sum(words in told(one) and is_telling(one) for one in found)

    def _by_bot(self) -> list[Json]:
        return [one for one in self.fake.world.messages.values() if one["author"]["id"] == self.fake.world.bot["id"]]

    def replies(self) -> dict[str, list[Json]]:
        """Give the replies to each message. Who waited for an answer is told of it under what they asked, too."""
        found: dict[str, list[Json]] = {}
        for one in self._by_bot():
            if (asked := one.get("message_reference")) and not is_telling(one):
                found.setdefault(asked["message_id"], []).append(one)
        return found

    async def all_told(self, server: Server) -> None:
        await self.fake.until(lambda: all(self.tellings(*one) >= number for one, number in server.to_tell.items()))

    async def all_recalled(self) -> None:
        """Wait until every earlier reply says what holds now."""
        await self.fake.until(lambda: not self.wrong_replies())

    def wrong_replies(self) -> list[tuple[str, str, str]]:
        """Give title, what should stand there, and what does, of each earlier reply that is not right."""
        gone = sentences.WITHDRAWN.partition("{day}")[0]
        return [
            (title, should, told(reply))
            for server in self.servers
            for reply, title in server.replies
            if (should := self.body(server, title) or gone) not in told(reply)
        ]

    def strangers_words(self) -> list[str]:
        """Give what was said in one server of another one's own answers."""
        return [
            told(one)
            for server in self.servers
            for one in self._by_bot()
            if one["channel_id"] in {server.room["id"], server.watched["id"]}
            and any(own in told(one) for other in self.servers if other is not server for own in other.answers.values())
        ]

    async def noted(self) -> None:
        """Wait until the bot has noted every reply: from then on no kill takes one out of the counts."""
        replies = sum(server.counts[one] for server in self.servers for one in ("answered", "missed", "emergencies"))
        await self.fake.until(lambda: self._read("SELECT COUNT(reply_id) FROM deliveries")[0][0] >= replies)

    def _read(self, statement: str) -> list[tuple[int]]:
        with closing(sqlite3.connect(self.clinic.folder / "data" / DATABASE)) as connection:
            return connection.execute(statement).fetchall()

    def a_day_passes(self) -> None:
        """Move what is counted a day into the past, while the bot is away."""
        with closing(sqlite3.connect(self.clinic.folder / "data" / DATABASE)) as connection, connection:
            connection.execute(
                f"UPDATE deliveries SET claimed_at = claimed_at - {DAY}, settled_at = settled_at - {DAY}"
            )
            connection.execute(f"UPDATE votes SET at = at - {DAY}")
            rows = connection.execute("SELECT day - 1, server_id, counted, entry_id, number FROM counts").fetchall()
            connection.execute("DELETE FROM counts")
            connection.executemany(
                "INSERT INTO counts (day, server_id, counted, entry_id, number) VALUES (?, ?, ?, ?, ?)", rows
            )

    async def stats(self, server: Server) -> dict[str, str]:
        """Give the figures of the last seven days as /stats shows them to a moderator."""
        shown = await server.moderator.shown(await server.moderator.slash(server.room, "stats", days=7))
        server.wrote()
        rows = re.findall(r"^(\S.*?) {2,}(\S+)", "\n".join(texts(shown)), re.MULTILINE)
        return dict(rows)


def _parts(part: Json) -> list[Json]:
    inner = part.get("components") or []
    return [part, *(found for one in inner for found in _parts(one))]
