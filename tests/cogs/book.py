"""The entries that the tests of the Discord surfaces ask for, beside the shipped ones."""

from bot.config import SHIPPED_BOOK
from knowledge.content.book import read_book
from knowledge.model import Answer, Question

SHIPPED = read_book([SHIPPED_BOOK]).questions
SEED = next(question for question in SHIPPED if question.id == "cheek-twitching-botox")


def _paragraph(doctor: int, number: int) -> str:
    """Give a paragraph that names its place, of words that stand nowhere else."""
    words = " ".join(f"rub{doctor * 10_000 + number * 100 + word}" for word in range(30))
    return f"Paragraph {number} of doctor {doctor}. {words}."


# Seven answers of several pages each.
LONG = Question(
    id="scar-massage",
    title="When may I start to massage the scar after knee surgery?",
    details="It was a clean cut. " * 40 + "That is all.",
    answers=tuple(
        Answer(
            "\n\n".join(_paragraph(doctor, number) for number in range(20)),
            headline=f"What doctor {doctor} says",
            name=f"Doctor {doctor}, MD",
            credentials="Surgeon",
        )
        for doctor in range(1, 8)
    ),
)
LADEN = Question(
    id="sunburn-and-aloe",
    title="Does aloe help a sunburn on @everyone's *back*?",
    answers=(
        Answer(
            "# Yes\n- it ||cools\n> and <@1> `soothes\n```\n**no** [cure](https://evil.example)\n@everyone -# small",
            headline="```Aloe",
            name="<@&2> ||Dr. *Bold*",
            credentials="-# \u202eSurgeon",
        ),
    ),
)
BOOK = (*SHIPPED, LONG, LADEN)

SEED_ASKED = "my left cheek keeps twitching every minute, would botox help?"
LONG_ASKED = "When may I start to massage the scar after knee surgery?"
LADEN_ASKED = "does aloe help a sunburn on everyone's back?"
SEVERAL_ASKED = "twitching"  # a few entries may be meant
ONE_OF_FEW_ASKED = "does botox help when my cheek moves by itself"
UNKNOWN_ASKED = "what is the capital of France?"
HEART = "my chest feels crushed and my left arm is numb"
HEART_AND_CHEEK = "crushing chest pain right now. would botox help my left cheek, it keeps twitching every minute?"
SUICIDE = "i want to kill myself tonight"
