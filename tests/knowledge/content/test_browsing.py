"""A table of contents is of what is live at that moment, made once, and keeps nothing alive that is served no more."""

from __future__ import annotations

import asyncio
import gc
import weakref
from dataclasses import replace
from types import SimpleNamespace

from knowledge.content import browsing
from knowledge.desk import AnswerDesk
from tests.cogs.book import SEED
from tests.scale import LONG


class Live(dict):
    """Questions by id; a plain mapping cannot be asked whether it is still there."""


def of(shipped, *names):
    questions = Live({name: replace(SEED, id=name, title=name, topics=(name,)) for name in names})
    return replace(shipped, questions=questions)


async def names(desk, server=""):
    return [topic.name for topic in (await desk.browsing.contents(server)).topics.values()]


async def test_each_server_browses_its_own_and_the_others_share_the_books(shipped):
    desk = AnswerDesk(of(shipped, "book"))
    desk.serve_in("1", of(shipped, "ours"))
    assert (await names(desk, "1"), await names(desk, "2"), await names(desk)) == (["ours"], ["book"], ["book"])
    assert await desk.browsing.contents("2") is await desk.browsing.contents("3")


async def test_a_change_is_seen_at_once(shipped):
    desk = AnswerDesk(of(shipped, "old"))
    await names(desk)
    desk.serve(of(shipped, "new"), {"1": of(shipped, "ours")})
    assert (await names(desk), await names(desk, "1")) == (["new"], ["ours"])
    desk.serve_in("1", of(shipped, "ours too"))
    assert (await names(desk), await names(desk, "1")) == (["new"], ["ours too"])


async def test_what_changes_while_it_is_made_is_not_kept(shipped, monkeypatch):
    desk = AnswerDesk(of(shipped, "old"))
    make = browsing.contents_of

    def slow(questions):
        desk.serve(of(shipped, "new"))
        return make(questions)

    with monkeypatch.context() as patched:
        patched.setattr(browsing, "contents_of", slow)
        assert await names(desk) == ["old"]
    assert await names(desk) == ["new"]


async def test_a_book_that_is_served_no_more_is_let_go():
    live = [SimpleNamespace(questions=Live(old=SEED))]
    tables = browsing.Browsing(lambda _: live[0])
    await tables.contents()
    old = weakref.ref(live.pop().questions)
    tables.forget()
    async with asyncio.timeout(LONG):
        while old() is not None:  # the thread that made it may still hold it for a moment
            await asyncio.sleep(0.01)
            gc.collect()


async def test_only_so_many_are_kept(shipped):
    desk = AnswerDesk(of(shipped, "book"))
    for server in map(str, range(1, browsing._KEPT + 2)):
        desk.serve_in(server, of(shipped, server))
        await names(desk, server)
    assert len(desk.browsing._kept) == browsing._KEPT
    assert await names(desk, "1") == ["1"]
