"""`health`: ask the serving bot on this machine how it stands."""

from __future__ import annotations

import typer

from bot.cli.options import SettingsFile  # noqa: TC001  # typer reads annotations at run time

_SECONDS = 5.0


def health(config: SettingsFile = None) -> None:
    """Ask the bot that serves on this machine whether all is well, for health checks. Needs [health] port."""
    import json
    import urllib.request
    from http.client import HTTPException
    from urllib.error import HTTPError

    from bot.cli.exits import Exit
    from bot.config import load_config
    from knowledge.errors import CannotRun

    port = load_config(config).health.port
    if not port:
        typer.echo("The bot does not tell how it stands: set [health] port in the settings.", err=True)
        raise typer.Exit(Exit.USAGE)
    asking = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # no proxy knows this machine's own ports
    try:
        with asking.open(f"http://127.0.0.1:{port}/healthz", timeout=_SECONDS) as answer:
            told = json.load(answer)
    except HTTPError as bad:
        told = json.load(bad)
    except (OSError, HTTPException) as error:
        raise CannotRun(f"No bot answers at port {port} of this machine ({type(error).__name__}).") from error
    except ValueError as error:
        raise CannotRun(f"What answers at port {port} of this machine is no bot of this program.") from error
    for line in (*told["reasons"], *told["notes"]):
        typer.echo(line)
    typer.echo("Members are answered." if told["healthy"] else "Something is wrong.")
    raise typer.Exit(Exit.DONE if told["healthy"] else Exit.FAULTS)
