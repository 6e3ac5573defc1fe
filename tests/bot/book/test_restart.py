"""What outlives a restart: the last good state of the files, what an owner accepted, and the ids of renamed entries."""

from __future__ import annotations

import pytest

from knowledge.errors import KnowledgeFaults
from tests.bot.book.conftest import Followed, book, entry

NAMES = [f"toe-{number}" for number in range(10)]


def restarted(followed: Followed) -> Followed:
    return Followed(followed.file, followed.storage).start()


@pytest.mark.parametrize("left", ["[[qestion]]", "\x00", 'title = "half a', None])
def test_a_restart_with_a_bad_file_serves_the_last_good_one_and_says_so(follow, left, caplog):
    followed = follow(book(NAMES))
    if left is None:
        followed.file.unlink()
    else:
        followed.file.write_text(left, "utf-8")
    again = restarted(followed)
    assert set(again.bodies()) == set(NAMES)
    assert again.watch.status.copied
    assert again.watch.status.faults
    assert "the copy kept from before is served" in caplog.text


async def test_a_file_mended_after_such_a_restart_is_followed(follow):
    followed = follow(book(NAMES))
    followed.file.write_text("broken", "utf-8")
    again = restarted(followed)
    followed.file.write_text(book(NAMES), "utf-8")
    await again.settle()
    assert again.watch.status.is_current
    assert not again.watch.status.copied
    followed.file.write_text(book([*NAMES, "knee"]), "utf-8")
    await again.settle()
    assert "knee" in again.bodies()


def test_without_a_copy_a_bad_file_stops_the_start(follow):
    with pytest.raises(KnowledgeFaults, match=r"book\.toml:1"):
        follow("broken")


@pytest.mark.parametrize("harm", ["damaged", "lost", "of other files"])
def test_a_copy_that_cannot_be_trusted_is_no_copy(follow, harm, tmp_path):
    followed = follow(book(NAMES))
    (copy,) = (followed.storage / "last-good-knowledge").glob("*.toml")
    if harm == "damaged":
        copy.write_text(book(NAMES).replace("Rest", "Best"), "utf-8")
    elif harm == "lost":
        copy.unlink()
    else:
        followed.file = tmp_path / "other.toml"
    followed.file.write_text("broken", "utf-8")
    with pytest.raises(KnowledgeFaults):
        restarted(followed)


async def test_only_the_last_good_copy_is_kept(follow):
    followed = follow(book(NAMES))
    for number in range(3):
        followed.file.write_text(book(NAMES, **{NAMES[0]: f"Rest {number} days."}), "utf-8")
        await followed.settle()
    kept = {path.name for path in (followed.storage / "last-good-knowledge").iterdir()}
    assert len(kept) == 2
    assert [path.read_text("utf-8") for path in followed.storage.glob("*/*.toml")] == [followed.file.read_text("utf-8")]


@pytest.mark.parametrize("names", [NAMES[:7], []])
async def test_a_large_loss_waits_for_an_owner_across_restarts_too(follow, names, caplog):
    followed = follow(book(NAMES))
    followed.file.write_text("# none\n" + book(names), "utf-8")
    await followed.settle()
    assert set(followed.bodies()) == set(NAMES)
    assert followed.watch.status.held
    assert followed.watch.status.held.reason in caplog.text
    again = restarted(followed)
    assert set(again.bodies()) == set(NAMES)
    assert again.watch.status.held == followed.watch.status.held
    await again.watch.accept(again.watch.status.held.files_hash)
    await followed.look()
    assert set(followed.bodies()) == set(names)
    assert followed.watch.status.is_current
    assert set(restarted(followed).bodies()) == set(names)


async def test_what_an_owner_accepted_is_that_state_of_the_file_alone(follow):
    followed = follow(book(NAMES))
    followed.file.write_text(book(NAMES[1:7]), "utf-8")
    await followed.settle()
    accepted = followed.watch.status.held.files_hash
    followed.file.write_text(book(NAMES[2:7]), "utf-8")
    await followed.watch.accept(accepted)
    await followed.settle()
    assert set(followed.bodies()) == set(NAMES)
    assert followed.watch.status.held.files_hash != accepted


async def test_a_file_that_ends_early_waits_though_it_loses_little(follow):
    followed = follow(book(NAMES))
    followed.file.write_text(book(NAMES[:9]), "utf-8")
    await followed.settle()
    assert "ends early" in followed.watch.status.held.reason
    assert set(followed.bodies()) == set(NAMES)


async def test_a_smaller_loss_is_taken_for_what_it_is(follow):
    followed = follow(book(NAMES))
    followed.file.write_text(book(NAMES[2:]), "utf-8")
    await followed.settle()
    assert set(followed.bodies()) == set(NAMES[2:])


async def test_a_mended_title_keeps_the_id_across_restarts(follow):
    text = entry("knee", "Rest the knee.", given_id=False) + book(NAMES)
    followed = follow(text)
    title = "What helps a sore knee"
    for mended in ("What helps a hurting knee", "What helps an aching knee"):
        followed.file.write_text(text.replace(title, mended), "utf-8")
        await followed.settle()
        assert followed.served[-1].questions["what-helps-a-sore-knee"].title == mended
        (warning,) = followed.watch.book.warnings
        assert 'write id = "what-helps-a-sore-knee"' in warning.message
        followed = restarted(followed)
        assert followed.served[-1].questions["what-helps-a-sore-knee"].title == mended
    followed.file.write_text(text.replace(title, "What helps a twisted knee"), "utf-8")
    assert "what-helps-a-sore-knee" in restarted(followed).served[-1].questions
