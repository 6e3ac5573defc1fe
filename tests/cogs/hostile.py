"""Texts that try to break out: markup of every kind between ordinary words, in any script."""

from hypothesis import strategies as st

from knowledge.text import showable

MARKUP = [
    *("# ", "## ", "-# ", "- ", "* ", "+ ", "1. ", "12) ", "> ", ">>> ", "===", "---", "\t", "    "),
    *("```", "``", "`", "||", "**", "__", "*", "_", "~~", "\\", "&amp;", "<b>", ":smile:", "@everyone", "@here"),
    *("[a](https://b.c)", "<@123>", "<@&123>", "<#123>", "<t:1:R>", "<:a:12345>", "</ask:123>", "<https://a.b>"),
    *("https://a.b/c_d_e?f=g", "https://a.b/_c_", "http://x||y||", "steam://run/1"),
    *(
        "\n",
        "\n\n",
        "\n\n\n\n",
        " ",
        "\u202e",
        "\u200b",
        "\u2066",
        "\u200d",
        "\ud800",
        "\x00",
        "\u2028",
        "\u3164",
        "\u2800",
    ),
    *("e\u0301\u0301", "👩‍👩‍👧", "🇺🇸🇬🇧", "👍🏽", "नमस्ते", "각", "한", "ﷺ", "Botox", "twitch.", "is it? ", "word"),
]

pieces = st.sampled_from(MARKUP)


def texts(longest):
    """Give texts of `longest` characters at most that show something."""
    mixed = st.lists(pieces | st.text(max_size=12), min_size=1, max_size=400).map("".join)
    repeated = st.builds(lambda piece, count: piece * count, pieces, st.integers(1, 2_000))
    return (mixed | repeated).map(lambda text: text[:longest]).filter(showable_words)


def showable_words(text):
    return showable(text).split()
