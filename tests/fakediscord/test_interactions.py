from __future__ import annotations

import pytest

from tests.fakediscord import File, NotOffered
from tests.fakediscord.limits import COMPONENTS_V2
from tests.fakediscord.mentions import texts
from tests.fakediscord.state import EPHEMERAL


async def test_slash_commands_with_sub_commands_files_and_members(scene):
    fake, mod = scene.fake, scene.max
    begun = await mod.slash(scene.channel, "answer add", title="T", file=File("a.txt", b"body"), who=scene.ann.user)
    assert (await mod.shown(begun))["content"] == "T|body|ann|1|True"
    begun = await scene.ann.slash(scene.channel, "echo", text="hi")
    assert (await scene.ann.shown(begun))["content"] == "hi"
    assert begun.took < fake.acknowledge_within


async def test_a_command_is_hidden_from_who_lacks_its_permission(scene):
    assert "answer" not in scene.ann.offered(scene.channel)
    with pytest.raises(NotOffered):
        await scene.ann.slash(scene.channel, "answer add", title="T")


async def test_autocomplete_and_message_menu(scene):
    assert await scene.ann.autocomplete(scene.channel, "echo", "text", text="ab") == [
        {"name": "ab one", "value": "id-1"}
    ]
    said = await scene.ann.say(scene.channel, "silence please")
    quoted = await scene.ann.message_menu(scene.channel, "Quote", said)
    assert (await scene.ann.shown(quoted))["content"] == "quote: silence please"


async def test_a_deferred_answer_stays_private_and_is_followed_up(scene):
    begun = await scene.ann.slash(scene.channel, "late")
    await scene.fake.until(lambda: begun.followups)
    assert begun.original["content"] == "edited"
    assert [one["content"] for one in begun.followups] == ["second"]
    assert begun.original["flags"] & EPHEMERAL
    assert begun.followups[0]["flags"] & EPHEMERAL


async def test_buttons_edit_open_forms_and_answer_privately(scene):
    message = await scene.fake.reply_to(await scene.ann.say(scene.channel, "buttons"))
    assert message["flags"] & COMPONENTS_V2
    await scene.ann.acknowledged(await scene.ann.press(message, label="Edit"))
    assert texts(message) == ["pressed by ann"]
    opened = await scene.max.acknowledged(await scene.max.press(message, custom_id="form"))
    done = await scene.max.submit(opened, {"words": "w", "kind": ["a"], "file": File("f.txt", b"data")})
    assert (await scene.max.shown(done))["content"] == "w|a|data"
    private = await scene.ann.shown(await scene.ann.press(message, label="Private"))
    with pytest.raises(NotOffered):
        await scene.max.press(private, label="Edit")
    later = await scene.ann.press(message, label="Later")
    await scene.fake.until(lambda: later.followups)
    assert later.original is message


async def test_a_form_refuses_what_its_fields_refuse(scene):
    message = await scene.fake.reply_to(await scene.ann.say(scene.channel, "buttons"))
    opened = await scene.ann.acknowledged(await scene.ann.press(message, label="Form"))
    with pytest.raises(NotOffered, match="required"):
        await scene.ann.submit(opened, {"kind": ["a"]})
    with pytest.raises(NotOffered, match="no fields"):
        await scene.ann.submit(opened, {"words": "w", "other": "x"})


async def test_an_answer_after_three_seconds_finds_the_interaction_gone(scene):
    scene.fake.acknowledge_within = 0.0
    await scene.ann.slash(scene.channel, "echo")
    await scene.fake.until(lambda: [one for one in scene.fake.refusals if one.code == 10062])


async def test_commands_work_in_direct_messages(scene):
    begun = await scene.ann.slash(scene.ann.direct, "echo", text="alone")
    assert (await scene.ann.shown(begun))["content"] == "alone"
