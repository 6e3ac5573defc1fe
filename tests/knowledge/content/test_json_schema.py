"""The JSON Schema says what the reader reads, and the one that ships is this one."""

from __future__ import annotations

import json
import tomllib

from bot.cli.app import main
from bot.cli.exits import Exit
from bot.config import SHIPPED_BOOK
from knowledge.content.json_schema import knowledge_schema


def test_the_shipped_schema_is_current_and_the_shipped_book_names_it(capsys):
    shipped = SHIPPED_BOOK.with_name("answers.schema.json").read_text("utf-8")
    assert json.loads(shipped) == knowledge_schema(), (
        "write it anew: python -m bot schema > knowledge/answers.schema.json"
    )
    assert SHIPPED_BOOK.read_text("utf-8").startswith("#:schema ./answers.schema.json\n")
    assert main(["schema"]) == Exit.DONE
    assert capsys.readouterr().out == shipped


def test_every_key_is_described_and_nothing_says_null():
    schema = knowledge_schema()
    for table in schema["$defs"].values():
        assert table["additionalProperties"] is False
        assert all(value.get("description") for value in table["properties"].values())
    assert "null" not in json.dumps(schema)


def test_the_shipped_book_keeps_to_the_schema():
    """A little checker: keys, required keys, and types, which is what the schema says of TOML."""
    schema = knowledge_schema()
    kinds = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list}

    def check(value: object, said: dict) -> None:
        if "$ref" in said:
            said = schema["$defs"][said["$ref"].rpartition("/")[2]]
        if said.get("type") == "object":
            assert set(said.get("required", ())) <= set(value) <= set(said["properties"])
            for key, inner in value.items():
                check(inner, said["properties"][key])
        elif said.get("format") != "date" and "type" in said:
            assert isinstance(value, kinds[said["type"]]), (value, said)
            for inner in value if said["type"] == "array" else ():
                check(inner, said["items"])

    check(tomllib.loads(SHIPPED_BOOK.read_text("utf-8")), schema)
