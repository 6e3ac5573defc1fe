"""Closed sets of opposites: a text and a question that name different members of one set do not ask the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knowledge.matching.stem import stem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Members = Mapping[str, Mapping[str, str]]


# set -> member -> words. One member named on one side only is soft in _ASKED_BACK, else nothing.
_SETS: Mapping[str, Mapping[str, str]] = {
    "before or after": {
        "before": "before prior pre beforehand",
        "after": "after following post afterwards",
        "during": "during",
    },
    "side": {"left": "left", "right": "right", "both": "both bilateral"},
    "height": {"upper": "upper top", "lower": "bottom"},
    "front or back": {"front": "front anterior", "back": "posterior rear"},
    "change": {
        "more": "increase raise gain boost heighten elevate",
        "less": "decrease reduce lose lessen diminish shrink",
    },
    "start or stop": {"start": "start begin commence initiate", "stop": "stop quit discontinue cease end finish"},
    "level": {"high": "high elevated", "low": "low"},
    "limit": {"over": "over above older", "under": "under below younger"},
    "age": {
        "newborn": "newborn neonate",
        "infant": "infant baby",
        "toddler": "toddler",
        "child": "child kid son daughter boy girl",
        "teenager": "teen teenager adolescent teenage",
        "adult": "adult grownup",
        "elderly": "elderly senior elder",
    },
    "sex": {"women": "woman female lady girl", "men": "man male boy"},
    "expecting": {
        "pregnant": "pregnant pregnancy prenatal preggo conceive conception",
        "breastfeeding": "breastfeed lactation lactating breastfeeding nursing",
    },
    "trimester": {"first": "first", "second": "second", "third": "third"},
    "temperature": {"hot": "hot heat warm", "cold": "cold ice"},
    "course": {"acute": "acute sudden", "chronic": "chronic"},
    "growth": {"benign": "benign", "malignant": "malignant"},
    "place": {"inside": "internal inside inner", "outside": "external outside outer"},
    "gland": {"over": "overactive hyperactive", "under": "underactive"},
    "speed": {"fast": "fast rapid", "slow": "slow"},
    "quantity": {"too much": "excess excessive", "too little": "lack deficiency deficient shortage"},
    "visibility": {"on": "enable activate unlock unhide unmute", "off": "disable deactivate lock hide mute"},
    "direction": {"in": "import upload receive deposit", "out": "export download send withdraw"},
    "day time": {"morning": "morning breakfast", "evening": "evening bedtime dinner"},
    "thickness": {"thick": "thick thicken", "thin": "thin thinner"},
    "sugar": {"dry": "dry", "oily": "oily greasy"},
    "cause or cure": {"cause": "cause trigger worsen", "cure": "cure treat relieve remedy heal help solution fix stop"},
    "price": {"price": "cost price expensive"},
    "dose": {"dose": "dose dosage"},
    "jointly": {"together": "together combine mix simultaneously", "instead": "instead"},
    "form": {"on the skin": "cream ointment lotion", "by mouth": "tablet capsule syrup", "by nose": "spray"},
    "species": {"dog": "dog puppy", "cat": "cat kitten"},
}
# A member that is named on one side only leaves open which is meant, or asks for something else.
_ASKED_BACK = frozenset({"expecting", "trimester", "price", "dose"})
_SIDED = frozenset(
    """
    arm leg side shoulder hand foot knee hip eye eyelid ear breast ovary kidney lung abdomen chest ankle wrist jaw
    cheek temple
    lower upper thigh calf elbow nostril testicle rib toe thumb finger flank groin quadrant temple heel
    """.split()
)
_LOWER_PLACES = frozenset(
    """
    back abdomen abdominal leg eyelid eyelids lid lids lip lips jaw respiratory gi body arm tract stomach face tooth
    teeth
    extremity extremities limb limbs spine belly chest tummy blepharoplasty gum gums half part side number
    gastrointestinal
    endoscopy
    """.split()
)
# Nobody who asks for a price is helped by an answer about anything else.
_RULED_OUT = frozenset({"price"})
# Where a phrasing leaves out what the title says, the title's word is compared.
_TITLES_SPEAK = frozenset(_SETS) - {"side", "sex", "level", "start or stop", "day time"}
# What is written for anybody may not hold for these.
_YOUNG = frozenset({"newborn", "infant", "toddler", "child"})
_BEFORE_A_DOSE = frozenset("a the what which my daily maximum usual right correct low high lethal single".split())
_QUANTITIES = {"much": "too much", "many": "too much", "little": "too little", "few": "too little"}
# "While pregnant" names a time, as "before" and "after" do; "while I sleep" mostly does not.
_STATES = frozenset("pregnant breastfeeding nursing".split())
_SPANS = frozenset(map(stem, "minute hour day week month year".split()))
_LOOSE_PAIRS = {("child", "toddler"), ("infant", "newborn"), ("child", "teenager")}


def _read() -> Mapping[str, tuple[tuple[str, str], ...]]:
    table: dict[str, tuple[tuple[str, str], ...]] = {}
    for name, members in _SETS.items():
        for member, words in members.items():
            for word in words.split():
                table[stem(word)] = (*table.get(stem(word), ()), (name, member))
    return table


_MEMBERS = _read()
# Words that name a member of a set only beside certain others; see `_meant`.
_BY_CONTEXT = frozenset("lower lowers lowering expecting much many little few while".split())


def members(words: Sequence[str]) -> Members:
    """Give, for each set of which normalised words name a member, the members named, each with its word."""
    found: dict[str, dict[str, str]] = {}
    for place, word in enumerate(words):
        if word not in _BY_CONTEXT and stem(word) not in _MEMBERS:
            continue
        for name, member in _meant(words, place, word):
            found.setdefault(name, {})[member] = word
    if "trimester" in found and "trimester" not in words:
        del found["trimester"]
    return found


def _meant(words: Sequence[str], place: int, word: str) -> tuple[tuple[str, str], ...]:  # noqa: PLR0911
    following = words[place + 1] if place + 1 < len(words) else ""
    before = words[place - 1] if place else ""
    if word in _BY_CONTEXT:
        return _beside(before, word, following)
    if word in {"left", "right", "both"} and _SIDED.isdisjoint(
        stem(near) for near in words[max(0, place - 3) : place + 4]
    ):
        return ()
    if word == "dose" and following != "of" and before not in _BEFORE_A_DOSE:
        return ()  # most often "does", misspelt
    if word in {"before", "after"} and _measures_time(words, place):
        return ()
    if word == "top" and following in {"up", "ups", "of"}:
        return ()
    if word in {"over", "under"} and not following[:1].isdigit():
        return ()
    if word == "cold" and following in {"medicine", "sore", "sores", "and"}:
        return ()
    return _MEMBERS.get(stem(word), ())


def _beside(before: str, word: str, following: str) -> tuple[tuple[str, str], ...]:
    """Give what a word of `_BY_CONTEXT` names between these two."""
    if word == "expecting":
        return (("expecting", "pregnant"),) if before in {"am", "is", "are", "was", "when", "while"} else ()
    if word == "while":
        return (("before or after", "during"),) if following in _STATES else ()
    if word in _QUANTITIES:
        if word == "much" and before == "how" and following in {"is", "are", "for"}:
            return (("price", "price"),)
        return (("quantity", _QUANTITIES[word]),) if before == "too" else ()
    return (("height", "lower"),) if following in _LOWER_PLACES else (("change", "less"),)


def _measures_time(words: Sequence[str], place: int) -> bool:
    """Tell whether "before" or "after" measures time: "after a few months", "how many months before"."""
    following = {stem(word) for word in words[place + 1 : place + 4]}
    earlier = {stem(word) for word in words[max(0, place - 3) : place]}
    return not _SPANS.isdisjoint(following) or ("how" in earlier and not (_SPANS | {"long"}).isdisjoint(earlier))


def contradicted(ours: Members, theirs: Members, shown: Members) -> list[tuple[str, str, str, bool]]:
    """Give the sets in which two texts name different members, the words of each, and whether that is hard.

    Where the wording names no member, the title's, as `shown`, is compared: softly, for a phrasing may be meant to be
    wider.
    """
    found = []
    for name in sorted(ours.keys() | theirs.keys()):
        mine, other, title_says = ours.get(name, {}), theirs.get(name, {}), shown.get(name, {})
        if mine and other and mine.keys().isdisjoint(other):
            loose = any((one, two) in _LOOSE_PAIRS or (two, one) in _LOOSE_PAIRS for one in mine for two in other)
            found.append((name, _joined(mine), _joined(other), not loose or name != "age"))
        elif name in _ASKED_BACK and bool(mine) != bool(other):
            found.append((name, _joined(mine), _joined(other), name in _RULED_OUT))
        elif name in _TITLES_SPEAK and mine and title_says and not other and mine.keys().isdisjoint(title_says):
            found.append((name, _joined(mine), _joined(title_says), False))
        elif name == "age" and not (other or title_says or _YOUNG.isdisjoint(mine)):
            found.append((name, _joined(mine), "", False))
    return found


def _joined(members: Mapping[str, str]) -> str:
    return " and ".join(dict.fromkeys(members.values()))
