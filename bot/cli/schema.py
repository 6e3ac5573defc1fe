"""`schema`: the shape of a knowledge file for editors."""

from __future__ import annotations

import typer


def schema() -> None:
    """Print the JSON Schema of a knowledge file. Editors complete and check with it; see docs/knowledge-file.md."""
    import json

    from knowledge.content.json_schema import knowledge_schema

    typer.echo(json.dumps(knowledge_schema(), indent=2, ensure_ascii=False))
