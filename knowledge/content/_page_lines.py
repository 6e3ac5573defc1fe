"""What kind of line a line of a doctor-answers page is, by its form alone."""

from __future__ import annotations

import re

_COUNT = re.compile(r"\s*Doctor\s+Answers?\s*(?:\(\s*(\d{1,9})\s*\)|(\d{1,9}))", re.IGNORECASE)
_VOTE = re.compile(r"\s*\{\{.*vote.*", re.IGNORECASE)
_RATING = re.compile(
    r"\s*(?P<rating>\d{1,3}(?:\.\d{1,9})?)\s+out\s+of\s+5(?:\s+stars?)?"
    r"(?:[\s,;:·-]*\(?\s*(?P<reviews>\d{1,3}(?:,\d{3})+|\d{1,9})\s+(?:reviews?|ratings?)\s*\)?)?",
    re.IGNORECASE,
)
_REVIEWS = re.compile(r"\s*(?P<reviews>\d{1,3}(?:,\d{3})+|\d{1,9})\s+reviews?", re.IGNORECASE)
_FURNITURE = re.compile(
    r"""\s*(?:
        (?:have\s+a\s+question\?\s*)?ask\s+a\s+doctor(?:\s+now)?
      | [\d,]+\s+(?:people|persons?|users?|members?)\s+found\s+this(?:\s+answer)?\s+helpful\.?
      | (?:was\s+this(?:\s+answer)?\s+)?helpful\?
      | \+\s*\d+\s+more
      | \{\{.*\}\}
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_TAIL = re.compile(
    r"""\s*(?:
        you\s+(?:might|may)\s+also\s+(?:like|be\s+interested\s+in|enjoy)
      | (?:related|similar|popular|recent|more|other)\s+(?:doctor\s+)?
        (?:questions?|answers?|topics|articles|posts|discussions|reviews|links|treatments)
      | (?:people|others)\s+also\s+(?:asked?|viewed|read|liked)
      | recommended(?:\s+for\s+you)?
    )[:.]?""",
    re.IGNORECASE | re.VERBOSE,
)
# How a specialty ends, in any country's directory; open at the front, so that no list of cities is needed.
_SPECIALTY = re.compile(
    r"""(?:(?:surgeon|physician|doctor|dentist|nurse|practitioner|assistant|specialist|provider|therapist|internist|optometrist
      |pharmacist|hygienist|chiropractor|midwife|injector|a?esthetician|technician|osteopath
      |dietitian|nutritionist|audiologist|optician|orthoptist|hospitalist|paramedic|acupuncturist|homeopath|naturopath
      |clinician|pediatrician|paediatrician|obstetrician|geriatrician|physiatrist|orthopedist|orthopaedist|allergist)
      |\b(?:ob[/-]?gyn|gp)
      |\w{2,}(?:ologist|odontist|iatrist|iatrician|etrician|thetist|pathist))s?\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_TRAINING = re.compile(
    r"\b(?:board|certified|diplomate|fellow(?:ship)?|member|college|university|professor|director|chief|residency"
    r"|academy|society|association|institute|hospital|clinic|licensed|trained|years)\b",
    re.IGNORECASE,
)
# Degrees behind a name: letters such as MD, PhD, F.R.C.S.C., FRCS(Plast) or PA-C, each behind a comma or a blank.
_DEGREE = re.compile(
    r"(?<=[\s,])(?:Jr|Sr|II|III|IV|Esq|(?:[A-Z][a-z]{0,2}\.?\s?){1,2}D|(?:[A-Z]\.?){2,7}(?:-[A-Z]{1,3}|\([A-Za-z]+\))?)\.?(?=[\s,]|\Z)"
)
# "Orange Park, FL". MA, MD, MS, ND and PA are degrees as well, and are taken for those.
_TOWN = re.compile(
    r".+,\s*(?:A[KLRZ]|C[AOT]|DE|FL|GA|HI|I[ADLN]|K[SY]|LA|M[EINOT]|N[CEHJMVY]|O[HKR]|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]|USA?|UK)"
)
_TITLE = re.compile(
    r"\s*(?:(?:Drs?|Prof(?:essor)?|Doctor)\b\.?\s+)(?:(?:(?:Dr|med|dent|rer|nat|phil|habil|univ)\b\.?|h\.\s?c\.)\s+)*(?=\S)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"""\s*(?:(?:answered|posted|published|updated|written|reviewed)\b\s*:?\s*(?:on\s+)?)?
    (?:[A-Za-z]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|\d{1,2}(?:st|nd|rd|th)?\s+[A-Za-z]{3,9}\.?,?\s+\d{4}|[A-Za-z]{3,9}\s+\d{4}
      |\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|(?:an?|\d+)\s+(?:hour|day|week|month|year)s?\s+ago)\.?""",
    re.IGNORECASE | re.VERBOSE,
)
_NOTE = re.compile(r"\s*\([^()]*\)\s*$")
_LIST_ITEM = re.compile(
    r"\s*(?:[-*\u2022\u00b7\u25aa\u25e6\u2023\u2013\u2014]\s*\S|(?:\(?\d{1,3}[.)]|\d{1,3}-|[a-z][.)]|[A-Z]\))\s+\S|\d{1,2}-[a-z])"
)
_PARTICLES = frozenset(
    """de da do dos das del della di du des la le les van von der den ter ten bin ibn al el e y of and & the in on upon
    sur am""".split()  # a word list reads better as words
)
# With these a sentence or a heading begins, not the name of a town.
_OPENERS = frozenset(
    """see find consult visit ask choose your my our his her their a an any every each another good great best talk
    speak get go call contact seek need i as from is are was not you we when why where which what who whose how no yes
    to for with if it this that these those only always never do does don't be become hire trust look pick select use
    try consider should can could will would must may might most many some all one two three sincerely regards cheers
    thanks thank please""".split()  # a word list reads better as words
)
# Longer lines are sentences.
BYLINE_LIMIT = 120
_NAME_WORDS = 6


def announced(line: str) -> int | None:
    """Give the N of a line `Doctor Answers N` or `Doctor Answers (N)`, else None."""
    found = _COUNT.fullmatch(line)
    return int(found[1] or found[2]) if found else None


def is_vote(line: str) -> bool:
    """Whether the line is template code of the vote counter, which stands once in each answer."""
    return _VOTE.fullmatch(line) is not None


def is_furniture(line: str) -> bool:
    """Whether the line is the site's own and belongs to nobody's text."""
    return _FURNITURE.fullmatch(line) is not None


def is_tail(line: str) -> bool:
    """Whether the line heads links to other pages."""
    return _TAIL.fullmatch(line) is not None


def rating_of(line: str) -> tuple[float | None, int | None] | None:
    """Give the stars and the number of reviews of a line that is nothing but a rating, else None."""
    found = _RATING.fullmatch(line) or _REVIEWS.fullmatch(line)
    if not found:
        return None
    stars = found.groupdict().get("rating")
    return float(stars) if stars else None, int(found["reviews"].replace(",", "")) if found["reviews"] else None


def is_list_item(line: str) -> bool:
    """Whether the line begins with a bullet or a number."""
    return _LIST_ITEM.match(line) is not None


def is_sentence(line: str) -> bool:
    """Whether the line cannot be a line of a byline: too long, a list item, or closed like a sentence."""
    if len(line) > BYLINE_LIMIT or is_list_item(line):
        return True
    return line.endswith((".", "!", "?", ",", ":", ";", "\u2026")) and not _ends_in_degree(line)


def is_credentials(line: str) -> bool:
    """Whether the line reads like "Fargo Plastic Surgeon": a place in capitals, then a specialty."""
    words = _bare(line).split()
    if len(words) < 2 or is_sentence(line) or not _SPECIALTY.search(_bare(line)):  # noqa: PLR2004  # a town and a specialty
        return False
    return words[0].lower() not in _OPENERS and all(map(_capital, words))


def is_training(line: str) -> bool:
    """Whether the line tells of training or standing, as "Board Certified Plastic Surgeon" does."""
    return _TRAINING.search(line) is not None and not is_sentence(line)


def is_titled_name(line: str) -> bool:
    """Whether the line is surely a person's name: with a degree behind it or a title before it."""
    bare = _bare(line)
    name = _without_degrees(bare)
    if is_training(bare) or is_sentence(line) or _TOWN.fullmatch(bare) or not is_plain_name(_TITLE.sub("", name)):
        return False
    return _TITLE.match(line) is not None or (name != bare and " " in name)


def is_plain_name(line: str) -> bool:
    """Whether the line may be a person's name: a few words in capitals."""
    words = _bare(line).split()
    if not 1 <= len(words) <= _NAME_WORDS or is_sentence(line) or any(char.isdigit() for char in line):
        return False
    if _TOWN.fullmatch(_bare(line)):
        return False
    return words[0].lower() not in _OPENERS and all(map(_capital, words))


def is_date(line: str) -> bool:
    """Whether the line is nothing but a date, as of an answer."""
    return _DATE.fullmatch(line) is not None


def _bare(line: str) -> str:
    """Give the line without a note in parentheses at its end."""
    return _NOTE.sub("", line).strip()


def _without_degrees(line: str) -> str:
    """Give the line without the degrees at its end."""
    found = [match.span() for match in _DEGREE.finditer(line)]
    while found and not line[found[-1][1] :].strip(" ,\u00a0"):
        line = line[: found.pop()[0]]
    return line.strip(" ,\u00a0")


def _capital(word: str) -> bool:
    """Whether a word is written as names are: Fargo, d'Aosta, 's-Hertogenbosch, al-Khobar, or a particle such as de."""
    parts = [part.lstrip('("') for part in re.split(r"[-'\u2019]", word) if part]
    if not any(char.isalpha() for char in word) or word.lower().strip(",") in _PARTICLES:
        return True
    return any(part and part[0].isalpha() and not part[0].islower() for part in parts)


def _ends_in_degree(line: str) -> bool:
    return any(match.end() == len(line) for match in _DEGREE.finditer(line))
