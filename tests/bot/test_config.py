"""Settings: everything that is wrong is told at once, on its line, and no secret is repeated."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import SHIPPED_BOOK, Config, load_config
from knowledge.curation.settings import SHIPPED, Care
from knowledge.errors import SettingsFaults
from knowledge.model import Policy

# Shaped like Discord's, and nobody's.
TOKEN = "MTAxMjM0NTY3ODkwMTIzNDU2Nzg.Gabcde.abcdefghijklmnopqrstuvwxyz012345"


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """Write a settings file and read it."""
    monkeypatch.chdir(tmp_path)

    def read(text):
        Path("config.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
        return load_config()

    return read


@pytest.fixture
def faults(settings):
    """Write a faulty settings file and get `line: message` for each fault."""

    def read(text):
        with pytest.raises(SettingsFaults) as caught:
            settings(text)
        assert all(str(fault).startswith("config.toml:") for fault in caught.value.faults)
        return [f"{fault.line}: {fault.message}" for fault in caught.value.faults]

    return read


def test_without_a_file_everything_has_its_default(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    config = load_config()
    assert config == Config()
    assert config.knowledge.path == (SHIPPED_BOOK,)
    assert config.policy == Policy()


def test_paths_are_relative_to_the_file(tmp_path):
    (tmp_path / "books").mkdir()
    file = tmp_path / "elsewhere.toml"
    file.write_text('[knowledge]\npath = "books"\n[storage]\npath = "kept"\n[log]\nfile = "logs/bot.log"\n')
    config = load_config(file)
    assert config.knowledge.path == (tmp_path / "books",)
    assert config.storage.path == tmp_path / "kept"
    assert config.log.file == tmp_path / "logs/bot.log"


def test_settings_reach_the_policy(settings):
    config = settings(
        "[answers]\nanswer_at = 0.95\nanswer_floor = 0.8\nchoices_at = 0.4\nasks_at = 0.6\nmax_choices = 5\n"
        'notice_addition = " Ask our nurses in #nurses. "\n[emergency]\ncountry = ["gb", "IE"]\n'
    )
    assert config.policy == Policy(0.95, 0.8, 0.4, 0.6, 5, "Ask our nurses in #nurses.", ("GB", "IE"))


def test_one_value_may_stand_for_a_list(settings):
    assert settings('[emergency]\ncountry = "GB"\n').emergency.country == ("GB",)


def test_a_byte_order_mark_and_windows_line_ends_are_read(settings):
    assert settings(b"\xef\xbb\xbf[answers]\r\nmax_choices = 2\r\n").answers.max_choices == 2


def test_all_faults_are_told_at_once_each_on_its_line(faults):
    told = faults(
        "[knowledg]\nx = 1\n"
        '[answers]\nanswer_at = "high"\nchoices_at = 2\nanwser_at = 0.9\nsample = true\nmax_choices = true\n'
        '[emergency]\ncountry = ["GB", "England"]\n'
        '[knowledge]\npath = ["nowhere.toml", 3]\n'
        '[log]\nlevel = "loud"\n'
    )
    assert told == [
        "1: unknown section or key 'knowledg'; did you mean [knowledge]?",
        "4: [answers] answer_at must be a number such as 0.9, without quotes",
        "5: [answers] choices_at must be 1 or less",
        "6: unknown key 'anwser_at' under [answers]; did you mean 'answer_at'?",
        "7: 'sample' stands under [answers] and belongs under [knowledge]",
        "8: [answers] max_choices must be a whole number, without quotes",
        (
            "10: [emergency] country (value 2) must be a code of a country whose emergency numbers are kept: "
            "US, AU, CA, EU, IE, GB"
        ),
        "12: [knowledge] path (value 2) must be a path in quotes",
        "12: [knowledge] path names nowhere.toml, and there is no such file or folder",
        "14: [log] level must be one of 'debug', 'info', 'warning' or 'error'",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("answers = 3\n", "1: 'answers' must be a section: write [answers] on a line of its own, its keys below"),
        ("max_choices = 2\n", "1: 'max_choices' stands under no section; it belongs under [answers]"),
        ("[answers]\nanswer_at = nan\n", "2: [answers] answer_at must be a number such as 0.9"),
        ("[answers]\nanswer_at = 0.2\n", "2: [answers] answer_at must be 0.5 or more"),
        ('[answers]\n"answer_at" = 7\n', "2: [answers] answer_at must be 1 or less"),
        ('[emergency]\ncountry = "ZZ"\n', "2: [emergency] country must be a code of a country whose emergency"),
        ('[discord]\napi_url = "localhost"\n', "2: [discord] api_url must be an address, starting with https://"),
        ("[discord]\nwatch = [0]\n", "2: [discord] watch must be 1 or more"),
        ('[servers]\ncare = "reckless"\n', "2: [servers] care must be one of 'careful', 'usual' or 'eager'"),
        ("[servers]\nretention_days = 29\n", "2: [servers] retention_days must be 30 or more"),
        ("answers.answer_at = 7\n", "1: [answers] answer_at must be 1 or less"),
        ('[answers]\nx = """\nanswer_at = 1\n"""\nanswer_at = 7\n', "5: [answers] answer_at must be 1 or less"),
    ],
)
def test_a_fault_is_found_however_the_key_is_written(faults, text, told):
    assert any(fault.startswith(told) for fault in faults(text))


@pytest.mark.parametrize("line", ['notice = ""', "show_notice = false", 'disclaimer = "none"', 'notice_text = "x"'])
def test_no_key_takes_the_notice_away(faults, line):
    assert "the notice cannot be changed, shortened or left out" in faults(f"[answers]\n{line}\n")[0]


@pytest.mark.parametrize("value", [r"\u202e", r"\u001b[8m", r"\u200b", "x" * 501, r"\n.\n.\n.\n.\n.\n.\n.", r"\u0008"])
def test_no_addition_hides_the_notice(faults, value):
    [told] = faults(f'[answers]\nnotice_addition = "x{value}y"\n')
    assert told.startswith("2: [answers] notice_addition ")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f'[discord]\ntoken = "{TOKEN}"\n', 2),
        (f'[log]\nlevel = "{TOKEN}"\n', 2),
        (f"# my token {TOKEN}\n", 1),
        (f"[answers]\n{TOKEN} = 1\n", 2),
        (f"token = {TOKEN}\n", 1),
        ('[discord]\nbot_token = "short"\n', 2),
        ('[web]\n[web.deep]\nclient_secret = "hush"\n', 3),
        ('[slack]\nbot = "xoxb-123456789012-abcdefghijkl"\n', 2),
        ('[slack]\napp = "xapp-1-A0123456789-abcdefghijkl"\n', 2),
    ],
)
def test_a_secret_in_the_file_is_told_and_not_repeated(faults, text, line):
    told = faults(text)
    assert [fault for fault in told if fault.startswith(f"{line}: a token or password does not belong")]
    assert not any(part in " ".join(told) for part in (*TOKEN.split("."), "short", "hush", "xoxb", "xapp"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"[answers\n", "1: the name of a section is not closed; write it as [answers]"),
        (b"[answers]\n[answers]\n", "2: this section stands there twice"),
        (b"a = 1\n[answers]\nx = yes\n", "3: write true or false"),
        (b'[knowledge]\npath = "C:\\data"\n', "2: a backslash stands alone in a text; write two of them"),
        ("[knowledge]\npath = \u201ca.toml\u201d\n".encode(), "2: curly quotes do not mark a text"),
        (b"[knowledge]\npath: 'a.toml'\n", "2: write = between a key and its value"),
        (b'a = """never closed', "0: a text or a list is never closed"),
        (b"x=" + b"[" * 5000, "0: a text or a list is never closed"),
        (b"x=" + b"1" * 5000, "0: a text or a list is never closed"),
        (b"# one\n# t\xffwo\n", "2: the file is not UTF-8 text"),
    ],
)
def test_what_is_no_toml_is_told(faults, text, told):
    assert faults(text)[0].startswith(told)


def test_a_named_file_that_is_not_there_is_a_fault(tmp_path):
    with pytest.raises(SettingsFaults, match="there is no such file"):
        load_config(tmp_path / "none.toml")
    with pytest.raises(SettingsFaults, match="cannot be read"):
        load_config(tmp_path)


def test_files_that_may_not_be_looked_at_are_faults(faults):
    # A name that is too long is refused to whoever looks, as a folder of another user is to all but root.
    unseen = "x" * 300
    assert faults(f'[knowledge]\npath = "{unseen}"\n')[0].endswith("which cannot be read (File name too long)")
    Path("config.toml").unlink()
    Path("config.toml").symlink_to(unseen)
    with pytest.raises(SettingsFaults, match="cannot be read"):
        load_config()


def test_what_a_server_did_not_choose_is_as_the_file_says(tmp_path):
    file = tmp_path / "config.toml"
    file.write_text('[discord]\nwatch = [7]\n[servers]\ncare = "careful"\nprivate_ask = false\n')
    expected = replace(SHIPPED, watched=frozenset({"7"}), care=Care.CAREFUL, private_ask=False)
    assert load_config(file).server_defaults == expected
    assert Config().server_defaults == SHIPPED


@given(st.binary() | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_whatever_stands_in_the_file_it_is_settings_or_faults(tmp_path_factory, content):
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_bytes(content)
    with suppress(SettingsFaults):
        assert load_config(file) == Config()
