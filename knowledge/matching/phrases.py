"""Closed lists of common English words and phrases that tell questions, stories, quotes and small talk apart.

A phrase is a tuple of normalised words (`knowledge.text.words`): contractions are written out there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases to look for, with the words that one may begin or end with: most texts are passed over at a glance."""

    whole: frozenset[tuple[str, ...]]
    firsts: frozenset[str]
    lasts: frozenset[str]
    longest: int

    def __contains__(self, phrase: object) -> bool:
        return phrase in self.whole


def _phrases(text: str) -> Phrases:
    whole = frozenset(tuple(line.split()) for line in text.replace("|", "\n").splitlines() if line.strip())
    firsts, lasts = (frozenset(phrase[end] for phrase in whole) for end in (0, -1))
    return Phrases(whole, firsts, lasts, max(map(len, whole)))


INTERROGATIVES = frozenset("what how why when where who which whose whether".split())
# What "how" may ask for.
MEASURES = frozenset("long many much often soon far old early late big bad".split())
AUXILIARIES = frozenset(
    "dose dos is are am was were do does did has have had can could should would will shall may might must".split()
)
SUBJECTS = frozenset("i you he she it we they this that there these those my your his her its our their u".split())
STARTERS = frozenset("i my we he she they it that this these those our his her their there mine she".split())

ASKING_PHRASES = _phrases(
    """
    any way | any ways
    any tips | any advice | any idea | any ideas | any suggestions | any recommendations | any recommendation
    anyone know | does anyone | anyone else | anybody know | has anyone | can anyone | can someone | does anybody
    tell me | let me know | help me | need help | need to know | want to know | would like to know | wondering
    i wonder | just curious | not sure if | not sure whether | not sure how | no idea | looking for | what about
    how about
    thoughts on | opinions on | advice on | help with | is it ok | is it safe | is it normal | is it bad
    is that normal
    is that ok | safe to | ok to | possible to | allowed to | or should i | or can i | can i | should i | do i
    am i | will i
    could i | do you think | reckon | yes or no
    how do i | how can i | how long | how much | how many | how often | how soon | or not | question about
    trying to find out | explain | please advise | advise | i need | i want to | i would like | please
    """
)
QUOTING = _phrases(
    """
    asked me | someone asked | somebody asked | he asked | she asked | they asked | asks me
    keeps asking
    stop asking | says | said | quote | texted me | told me | googling | googled | title | headline | entry
    the question
    typed | searched | read that | saw a | saw an | heard | called | the bot | people asking | keep asking
    was asked | got asked | asked if | asked whether
    """
)
NARRATIVE = _phrases(
    """
    i had | i got | i went | i was | i did | i used to | i have been | i started | i stopped | i tried | had my
    got my
    mine was | mine were | mine did | update | finally | guess what | turns out | so glad | so happy
    never again | no regrets | worth it | best decision | wish me luck | fingers crossed | can confirm | proud
    can not believe | i said | we had | we went | just had | just got
    """
)
# Irregular pasts; the others end in -ed.
PAST = frozenset(
    "took got went came had saw felt woke gave made told bought found thought read heard ate drank slept left kept put"
    " cut lost won ran paid said spent been done gone seen".split()
)
# Verbs that open a request to a machine or a helper.
COMMANDS = frozenset(
    "give check take add confirm verify find create set cancel track locate list get make help show tell remind turn"
    " put change switch look filter search explain compare recommend suggest describe say send open use".split()
)
ANSWERING = _phrases(
    """
    it depends | you need | you should | you can | you could | you have to | you must | try | do not
    yes you | no you | yeah you | that is normal | it is fine | it is normal | they will | mine
    same here
    me too | have you tried | did you try | ask your | ask a | see a | talk to | why do not you | make sure | keep
    if you
    they can | it might
    """
)
# Asked of the person spoken to, about themselves.
TO_MEMBER = _phrases(
    """
    did you | did your | did yours | have you | has your | were you | was your | was yours | how was | how did your
    how are your | how is your | how is yours | is your | are your | are yours | are you taking | are you ok
    are you feeling
    how long ago did | when are you | when did you | when is your | where did you | what did your
    what did the doctor
    what did they | what does your | which one did you | who did your | how are you | how is the | how did it go
    how did the
    did it | is yours | have you been | have you tried | why do not you | what are you | mate | did the
    """
)
RHETORICAL = _phrases(
    """
    why me | why today | why now | why does everything | why is everything | why is life
    does anyone else | does anybody else | who else | is it just me | can this | can we just
    what is the point
    why did the | why do they always | what do you call | how do you make
    knock knock | walks into
    when will it end | what did i do | who knew | how dare | guess who | am i right
    who needs
    """
)
NO_IDEA = _phrases(
    "no idea | i know | i knew | we all know | everyone knows | now i know | learned | learnt | found out"
    " | asked me | asking me"
    " | was told | told me | do not care | never knew | funny how | remember when | that is why | this is why"
)
LAUGHING = _phrases("lol | lmao | haha | hahaha | pov | me irl | rofl | joking | jk | plot twist")
SMALL_TALK = frozenset(
    """
    hi hello hey heya hiya yo sup thanks thank you ty cheers ok okay cool great good nice bot morning evening
    afternoon
    night bye goodbye later lol lmao haha yes no yeah yep nope sure welcome so much very a lot the all everyone
    everybody please
    guys folks team friends again and well done job work awesome perfect amazing brilliant love this it is that was
    helpful helped really appreciate appreciated got sorry np problem worries see same ouch wow oh ah hmm hm there
    tell me more
    """.split()
)
FILLER = _phrases(
    """
        hi | hello | hey | hiya | yo | hi all | hi everyone | hello everyone | hey everyone | hey all | hi there
        hi guys
        hey guys | hello all | good morning | good evening | good afternoon | morning | hi doc | hi doctor
        hello doctor
        hey bot | hi bot | hi again | hey so | ok so | so | um | umm | uh | er | like | well | right so | right
        so like
        ok | okay | oh | quick question | quick q | quick one | just a quick question | please help | please
        help please
        thanks | thank you | thanks in advance | thank you so much | many thanks | thanks a lot | cheers | lol
        lmao | haha
        just wondering | wondering | i was wondering | i am wondering | was wondering | i wonder | just curious
        curious
        does anyone know | anyone know | does anybody know | anybody know | do you know | can anyone tell me
        can someone tell me | can you tell me | please can you tell me | could you tell me | can somebody tell me
        could anyone tell me | could someone tell me | i would like to know | i want to know | i need to know
        i wanted to know | may i know | tell me | please tell me | sorry if this is a dumb question
        sorry if this is a silly question
        dumb question | silly question | stupid question | maybe a silly question | sorry | be honest | honestly
        basically
        actually | exactly | really | literally | to be honest | in my opinion | though | anyway | guys | folks
        everyone | all
        any idea | any ideas | question | i have a question | got a question | random question | serious question
        help me | someone help | or nah | or not | or what | or | then | also | and | but | btw | asap
        """
)
# Enough of the commonest words of languages that members write in; words that English has too are left out.
FOREIGN = frozenset(
    """
    el los las una unos unas que por para pero como cuando donde quien porque muy mas tambien puedo puede esta
    estoy tengo
    despues antes alguien sabe cuanto cuanta dura hola gracias buenos dias mi su con del al es lo se ya si
    le les des du est sont dans pour avec sur pas vous je tu il elle nous mon ma mes ce cette qui quoi quand combien
    apres
    avant bonjour merci suis peut peux faire tous tout aux ou et un une
    der das und ist nicht ich du wir ihr sie ein eine einen mit auf fur von zu wie wann wo warum kann
    nach vor hallo
    danke bitte noch auch oder aber wenn habe sind dem den
    lange viel darf mein meine kein keine bei jemand ohne
    o os uma nao voce eu meu minha depois antes posso pode quanto como obrigado ola bom dia com sem mais tem
    il lo gli uno una che sono sei quando dove perche posso dopo prima ciao grazie buongiorno di va
    de het een en van ik je niet heb moet voor naar kan mag wat hoe waar wie goede hallo dank kent
    och att det som en jag inte med pa ar har kan hej alla hur mar ni vad nar efter fore
    og jeg ikke med til hvad hvordan det
    nie czy moge jak co jest na w z sie po przed prosze dziekuje dzien dobry spac mam
    ve bir bu ne icin nasil var mi merhaba burada sonra
    dan yang di ini itu apa bagaimana saya boleh tidak setelah sebelum ada
    ang ng sa ako ba po kung
    """.split()
)
# Of these, the ones that stand in names of people, illnesses and places: "van der Woude", "de Quervain", "Los Gatos".
IN_NAMES = frozenset("el los las le les van von der den de di du del al ter lange".split())
ENGLISH = frozenset(
    """
    the is are and of to in it you that he was for on with as his they at be this have from or had by but what some
    we can out
    other were all your when up use how an each she which do their time if will way about many then them would like
    so these her
    long make thing see him two has look more day could go come did my sound no most number who over know water than
    call first
    people may down been now find any new work part take get place made where after back little only man year came
    show every good
    me give our under i does should not am why please safe ok after before still having much help
    """.split()
)


def holds(words: Sequence[str], phrases: Phrases) -> bool:
    """Tell whether one of `phrases` stands in `words`, its words side by side."""
    return not phrases.firsts.isdisjoint(words) and any(
        tuple(words[place : place + length]) in phrases.whole
        for place, word in enumerate(words)
        if word in phrases.firsts
        for length in range(1, min(phrases.longest, len(words) - place) + 1)
    )


def without_filler(words: Sequence[str]) -> tuple[str, ...]:
    """Give `words` without greetings, thanks and hedges at either end; all of them where nothing else is left."""
    first, last = 0, len(words)
    if not words:
        return ()
    while (length := _filler_at(words, first, last, 1)) and length < last - first:
        first += length
    while (length := _filler_at(words, first, last, -1)) and length < last - first:
        last -= length
    return tuple(words[first:last])


def _filler_at(words: Sequence[str], first: int, last: int, direction: int) -> int:
    """Give how many words at one end are filler, 0 if none is."""
    edge, edges = (words[first], FILLER.firsts) if direction > 0 else (words[last - 1], FILLER.lasts)
    if edge not in edges:
        return 0
    for length in range(min(FILLER.longest, last - first), 0, -1):
        phrase = tuple(words[first : first + length] if direction > 0 else words[last - length : last])
        if phrase in FILLER and (direction > 0 or phrase not in _ONLY_FIRST):
            return length
    return 0


_ONLY_FIRST = _phrases("all | like | well | right | and | but | help | question | work")
