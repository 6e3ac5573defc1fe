"""A commented entry for an owner to fill in: it changes nothing until its marks are taken away."""

from __future__ import annotations

from knowledge.content._toml_values import toml_value

# Lines of the entry itself begin with # and no blank. The body is left empty: forgotten, it is a fault and no answer.
_TEMPLATE = '''\
# To fill in: take the # away from the lines that have no blank behind it, and write what you know.
#[[question]]
#id = {id}
#title = {title}
# What the asker told of the circumstances; other ways to ask the same; texts that must find this entry.
#details = ""
#phrasings = []
#topics = []
#examples = []

# The expert's words, unchanged; and who the expert is, as far as you know. Repeat these lines for each expert.
#[[question.answers]]
#headline = ""
#body = """
#"""
#name = ""
#credentials = ""
'''


def entry_template(question_id: str, title: str) -> str:
    """Give the lines of a commented entry with this id and title."""
    return _TEMPLATE.format(id=toml_value(question_id), title=toml_value(title))
