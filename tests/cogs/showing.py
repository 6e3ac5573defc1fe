"""What a member sees of a message."""


def texts(components):
    """Give every text, in order."""
    for component in components:
        if component.get("type") == 10:
            yield component["content"]
        yield from texts(component.get("components", []))


def shown(message):
    return list(texts([component.to_dict() for component in message.components]))
