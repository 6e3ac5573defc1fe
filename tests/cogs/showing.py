"""What a member sees of a message."""

from simcord.preview._markdown import markdown_tokens


def texts(components):
    """Give every text, in order."""
    for component in components:
        if component.get("type") == 10:
            yield component["content"]
        yield from texts(component.get("components", []))


def shown(message):
    """Give the texts of a message, a member's or the answer to an interaction."""
    return list(texts([part if isinstance(part, dict) else part.to_dict() for part in message.components]))


def shown_privately(result):
    """Give the texts of the answer to an interaction."""
    return shown(result.response)


def labels(message):
    """Give what its buttons say, in order."""
    found, waiting = [], list(message.components)
    while waiting:
        part = waiting.pop(0)
        part = part if isinstance(part, dict) else part.to_dict()
        waiting += part.get("components", [])
        if part["type"] == 2:
            found.append(part["label"])
    return found


def rendered(markdown):
    """Give the characters that a client shows, and the kinds of markup that it found."""
    kinds = set()

    def characters(tokens):
        for token in tokens:
            if token["type"] == "text":
                yield token["content"]
            elif token["type"] == "break":
                yield "\n"
            else:
                kinds.add(token["type"])
                yield from characters(token.get("children", []))
                if token["type"] == "paragraph":
                    yield "\n\n"

    return "".join(characters(markdown_tokens(markdown))).rstrip("\n"), kinds - {
        "paragraph",
        "inline",
        "link_open",
        "link_close",
    }
