"""Write the rules of the emergency screen down in plain words, as docs/emergency-rules.md.

    python -m benchmarks.emergency_rules

A test compares the page with the rules, so run this after an edit of rules.toml.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knowledge.safety.cards import load_cards
from knowledge.safety.rules import RULES_FILE, load_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).parents[1] / "docs" / "emergency-rules.md"

INTRODUCTION = """\
# The rules of the emergency screen

Made from `knowledge/safety/rules.toml` by `python -m benchmarks.emergency_rules`; edit that file, not this page.

**{review}**
The rules and the texts of the cards were written by programmers from published lists of red flags. They miss things:
people hint, joke and find new words, and the screen reads English only. It does not replace moderators, and nobody is
told of an alarm but the one who wrote (and a staff channel, where a server has set one). Make no promise to members
that it finds emergencies.

**How a clinician reviews and signs a version.** Read this page, correct `rules.toml` (its comments say what each part
does), run `python -m bot check`, then write name, date and the sum that `check` prints into `[review]` at the top of
the file. The sum is of the rules and of the weights of the second look together: any later change of either makes the
signature void, and `check` says so. The words of the cards and the phone numbers, in `knowledge/safety/lines.toml`, are
signed in the same way.

## How a text is judged

1. Fillers ("{fillers} ...") are dropped, short forms ("{short} ...") are written out, typing errors are mended, but
   only towards the words of these rules and never away from an ordinary English word.
2. A rule is found where its words stand near each other. "…" means that up to four other words may stand between,
   "…6" up to six. Words in capitals are groups; they are listed at the end.
3. A rule that alarms alone brings the emergency card. One that needs company does so together with a second rule of its
   category or with a sign that it happens now. A rule that only cautions brings one line above the answer.
4. Negation, a story, a game, an animal or a question asked to learn take the alarm out; what is past, long known or
   said in jest leaves the caution. What says that it is happening now, in the same clause, outweighs the past and the
   question. When in doubt, the screen alarms.
5. When several categories alarm, the first in the order of this page decides the card.

## The second look

Rules find what somebody thought of, and alarm where their words stand in a harmless text. So a text that was put to the
bot is also weighed as a whole, as in the published system with the best figures (Swaminathan et al. 2023: a wide net of
words, then a regression): each of its words, two and three words in a row, beginnings of words, its length and a
question mark have weights, learned from labelled lines. They tell calm texts from four kinds of alarming ones: about
suicide and self-harm, poisoning, violence, and all others.

- Where they are sure of an emergency that no rule found, the text alarms. Its card is that of the caution the rules
  gave, else that of the likeliest kind.
- Where they are sure that a text is calm, an alarm of the rules is lowered to the caution: the answer, with the line
  that says when to call. For suicide and self-harm they must be surer than for the rest.
- Of a text of more than 30 words, what is weighed is its most alarming sentence, which counts twice, and its most
  alarming three sentences in a row: who writes much tells the danger in half a sentence, and the rest outweighs it.
- Whether a text about suicide is about the writer or about another person is told by further weights, which choose
  between the words of the cards and never whether there is an alarm. Where they are unsure, the words fit both.
- A text of up to four words has to weigh far more before it alarms.
- In what is only overheard they raise no alarm. They take one of the rules back where the text reads calmer still, as
  nobody is told then when to call: of 1,742 ordinary lines 29 alarmed by the rules, and 11 do with left-out weights,
  for one or two in a hundred of the true alarms.

They are numbers, which no clinician can review one by one. What can be reviewed is what they do:
`python -m benchmarks.screen_weights` leaves the authors of the labelled lines out in turns and prints what weights that
never saw an author make of that author's lines. On 22,437 lines in 52 sets, most of them written on purpose to be
missed or to mislead, the rules had found 0.62 of the emergencies (of those about suicide and self-harm 0.48) with 0.09
false alarms when they first saw them. With weights that had not seen the set it is 0.91 (0.88) with 0.06. Of everyday
requests to assistants, of questions about web sites and of chatter, 0.01 to 0.03 alarm by weights that never saw such
texts; the weights that ship have seen them, and there none does. Of the ordinary lines of a health server, 0.02 to 0.05
do.

Two of those sets are long posts, of 45 to 130 words, half of them with a danger told in passing and half with the same
words about what is over, denied or not meant. There the rules found 0.52 with 0.37 false alarms, and both together find
0.89 with 0.19. Of left-out lines about another person's suicide, 0.87 get the card for that and 0.10 the card that fits
both; of those about the writer, 0.001 get the card about another.

Sets that were never learned from: on three of 300 lines each, made up like the development lines, the rules find 0.57
(0.48) with 0.06 false alarms, and both together 0.95 (0.94) with 0.02. On 160 long posts, of 46 to 72 words with the
danger told in passing, the rules find 0.50 (0.30) with 0.03, both together 0.88 (0.90) with 0.07. Of 480 messages of
two health servers that ask nothing urgent, 13 alarm by the rules, and 20 by both where they are put to the bot; where
they are overheard 8 alarm by the rules and 6 by both.
"""
STRENGTHS = {"strong": "alarms alone", "medium": "alarms in company", "weak": "only cautions"}
CUES = {
    "negation": "Takes the alarm out of what follows it in the same clause",
    "negation_of_lists": "Does so over a whole list",
    "negation_after": "Takes the alarm out of what stands before it",
    "negation_ends": "Ends the reach of a negation",
    "pseudo_negation": "Looks like a negation of the sign, but is none",
    "present": "Says that it is happening now",
    "present_no_more": "Holds a word for now, but tells that it is over",
    "present_surely": "Says so beyond doubt, and outweighs stories too",
    "person": "Speaks of the writer or of somebody the writer knows",
    "kin": "Speaks of people close by, which outweighs animals and reports",
    "past": "Says that it is over",
    "recent": "Was a few days ago, which is no past for a wish to die",
    "resolved": "Says so elsewhere in the text",
    "chronic": "Says that it is long known and unchanged",
    "study": "Asks to learn",
    "story": "Reports what was read, seen or heard",
    "fiction": "Says that it is not real",
    "supposed": "Says that it has not happened to anybody",
    "play": "Speaks of games, computers, money or sport",
    "joke": "Says that it is meant in jest",
    "earnest": "Takes a jest back",
    "animal": "Says that the one in trouble is an animal",
    "bodily": "Speaks of a body, which outweighs games and jokes",
}


def page() -> str:
    """Give the page as it should be."""
    rules, content = load_rules(), tomllib.loads(RULES_FILE.read_text("utf-8"))
    review = str(rules.review).split(" To sign")[0]
    few = slice(0, 5)
    introduction = INTRODUCTION.format(
        review=review,
        fillers=" ".join(sorted(rules.fillers)[few]),
        short=" ".join(sorted(rules.short_forms)[few]),
    )
    parts = [
        introduction,
        *categories(content),
        *cues(content),
        *measures(content),
        *groups(content),
        *sources(content),
    ]
    return "\n".join(parts).rstrip() + "\n"


def categories(content: dict[str, Any]) -> Iterator[str]:
    cards = load_cards()
    for category in content["categories"]:
        kind = cards.shown_for.get(category, "physical")
        yield f"## {category.replace('_', ' ').capitalize()}\n"
        yield f"Shows the card `{kind}`: {cards.wordings[kind].heading}\n"
        for rule in content["rule"]:
            if rule["category"] == category:
                yield one_rule(rule, content["sources"])


def one_rule(rule: dict[str, Any], known_sources: dict[str, str]) -> str:
    looks_for = [in_words(phrase) for phrase in rule.get("says", [])]
    within = rule.get("within", 6)
    looks_for += [
        f"{' with '.join(one_of(element) for element in frame)}, at most {within} words from the first, in any order"
        for frame in rule.get("together", [])
    ]
    told = [f"### {rule['id']} ({STRENGTHS[rule['strength']]})\n", f"Such as: *{rule['example']}*\n"]
    told += [f"- {text}" for text in looks_for]
    if rule.get("anywhere"):
        told.append(f"\nOnly where the text also holds: {'; '.join(map(one_of, rule['anywhere']))}.")
    if rule.get("unless"):
        told.append(f"\nNot near, in one clause: {'; '.join(map(in_words, rule['unless']))}.")
    if rule.get("explained_by"):
        told.append(f"\nNot near, as a cause: {'; '.join(map(in_words, rule['explained_by']))}.")
    if rule.get("despite"):
        told.append(f"\nNot taken out by: {', '.join(rule['despite'])}.")
    if rule.get("figurative"):
        told.append("\nSaid in jest too: a game, a computer or a laughing face takes the alarm out.")
    told.append(f"\nSource: {known_sources[rule['source']]}.\n")
    return "\n".join(told)


def cues(content: dict[str, Any]) -> Iterator[str]:
    yield "## What changes the meaning of an alarm\n"
    for name, phrases in content["cues"].items():
        yield f"**{CUES[name]}** (`{name}`): {'; '.join(map(in_words, phrases))}.\n"


def measures(content: dict[str, Any]) -> Iterator[str]:
    yield "## Numbers with a meaning\n\nEvery limit waits for a clinician to confirm it.\n"
    for name, ranges in content["measures"].items():
        yield f"- **{name}**: {'; or '.join(map(one_measure, ranges))}."
    yield ""


def one_measure(measure: dict[str, Any]) -> str:
    told = f"{measure['least']:g} to {measure['most']:g}"
    if measure.get("units"):
        told += f", followed by {' or '.join(map(one_of, measure['units']))}"
    if measure.get("near"):
        told += f", near {' or '.join(map(one_of, measure['near']))}"
    return told


def groups(content: dict[str, Any]) -> Iterator[str]:
    yield "## Groups of words\n"
    for name, terms in content["concepts"].items():
        yield f"- **{name}**: {', '.join(plain(term) for term in terms)}"
    yield ""


def sources(content: dict[str, Any]) -> Iterator[str]:
    yield "## Sources\n"
    for text in content["sources"].values():
        yield f"- {text}"


def in_words(phrase: str) -> str:
    """Give a phrase of the rules with gaps as "…" and alternatives between slashes."""
    return " ".join(re.sub(r"^\.\.", "…", part) if part.startswith("..") else one_of(part) for part in phrase.split())


def one_of(element: str) -> str:
    return "/".join(plain(part) for part in element.split("|"))


def plain(word: str) -> str:
    """Give a word of the rules without its marks: "ache~" and "pill+" stand for their forms too."""
    return word if word[0].isupper() else word.replace("_", " ").rstrip("~+")


def main() -> None:
    PAGE.write_text(page(), "utf-8")
    print(f"{PAGE.name}: {PAGE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
