"""What the fake refuses, in the JSON that Discord refuses with."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """A refused request: HTTP status, Discord's own code and the body that carries it."""

    def __init__(self, status: int, code: int, message: str, errors: dict[str, Any] | None = None) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.code = code
        self.body: dict[str, Any] = {"code": code, "message": message}
        if errors:
            self.body["errors"] = errors


class NotOffered(Exception):
    """A member tried what Discord's client would not offer: a hidden command, a disabled button."""


def invalid_form(field: str, code: str, message: str) -> ApiError:
    """Give the 400 for one bad field; `field` is dotted, as "components.0.label"."""
    tree: dict[str, Any] = {"_errors": [{"code": code, "message": message}]}
    for part in reversed(field.split(".")):
        tree = {part: tree}
    return ApiError(400, 50035, "Invalid Form Body", tree)


def unknown(what: str) -> ApiError:
    """Give the 404 for an id that nothing has."""
    codes = {
        "Application": 10002,
        "Channel": 10003,
        "Guild": 10004,
        "Member": 10007,
        "Message": 10008,
        "User": 10013,
        "Webhook": 10015,
        "interaction": 10062,
    }
    return ApiError(404, codes[what], f"Unknown {what}")
