"""Limits in words, as the pilot reads them and as the person who reaches one is told."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple

from egide.errors import FRENCH, spoken
from egide.policy.limits import MICRO, Limit, Measure, Period, Share, Subject
from egide.policy.windows import ZONE


class _Words(NamedTuple):
    """Those of one language; ``counted`` is one thing, then several; ``one``: the counts said as one is."""

    each: Mapping[Subject, str]
    named: Mapping[Subject, str]
    you: str
    sentence: str
    periods: Mapping[Period, str]
    counted: Mapping[Measure, tuple[str, str]]
    one: tuple[int, ...]
    group: str
    euros: str
    seconds: tuple[str, str]
    midnight: str
    month: str
    months: tuple[str, ...]
    reached: str
    near: str


_WORDS: Final = {
    FRENCH: _Words(
        {
            Subject.COMPANY: "Toute l'entreprise",
            Subject.PERSON: "Chaque personne",
            Subject.USAGE: "Chaque usage",
            Subject.PROVIDER: "Chaque service d'IA",
        },
        {
            Subject.COMPANY: "{}",
            Subject.PERSON: "{}",
            Subject.USAGE: "Usage « {} »",
            Subject.PROVIDER: "Service « {} »",
        },
        "Vous",
        "{who} : {amount} par {period}",
        {Period.MINUTE: "minute", Period.DAY: "jour", Period.MONTH: "mois"},
        {Measure.REQUESTS: ("demande", "demandes"), Measure.TOKENS: ("jeton", "jetons")},
        (0, 1),
        "\u202f",
        "{whole},{cents:02d}\u00a0€",
        ("dans {} seconde", "dans {} secondes"),
        "après minuit",
        "le 1er {}",
        (
            "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
            "novembre", "décembre",
        ),
        "Limite atteinte ({limit}). Vous pourrez de nouveau envoyer {when}.",
        "Limite bientôt atteinte ({limit}) : {used} % utilisés.",
    ),
    "en": _Words(
        {
            Subject.COMPANY: "The whole company",
            Subject.PERSON: "Each person",
            Subject.USAGE: "Each use",
            Subject.PROVIDER: "Each AI service",
        },
        {
            Subject.COMPANY: "{}",
            Subject.PERSON: "{}",
            Subject.USAGE: "Use “{}”",
            Subject.PROVIDER: "Service “{}”",
        },
        "You",
        "{who}: {amount} per {period}",
        {Period.MINUTE: "minute", Period.DAY: "day", Period.MONTH: "month"},
        {Measure.REQUESTS: ("request", "requests"), Measure.TOKENS: ("token", "tokens")},
        (1,),
        ",",
        "€{whole}.{cents:02d}",
        ("in {} second", "in {} seconds"),
        "after midnight",
        "on 1 {}",
        (
            "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
            "November", "December",
        ),
        "Limit reached ({limit}). You will be able to send again {when}.",
        "Limit nearly reached ({limit}): {used}% used.",
    ),
}  # fmt: skip


def _words() -> _Words:
    return _WORDS.get(spoken.get(), _WORDS[FRENCH])


def amount(measure: Measure, count: int) -> str:
    """« 200 demandes », « 50 000 jetons », « 12,50 € »."""
    words = _words()
    if measure is Measure.COST:
        whole, cents = divmod(math.ceil(count / (MICRO // 100)), 100)
        return words.euros.format(whole=_grouped(whole), cents=cents)
    return f"{_grouped(count)} {words.counted[measure][count not in words.one]}"


def sentence(limit: Limit, name: str = "") -> str:
    """« Chaque personne : 200 demandes par jour ». ``name`` is that of whom the limit names."""
    words = _words()
    who = words.named[limit.subject].format(name) if name else words.each[limit.subject]
    told = amount(limit.measure, limit.most)
    return words.sentence.format(who=who, amount=told, period=words.periods[limit.period])


def told(limit: Limit, usage: str, provider: str) -> str:
    """The same for the person whom it concerns, who sees no other person's name."""
    you = _words().you if limit.who else ""
    names = {Subject.PERSON: you, Subject.USAGE: usage, Subject.PROVIDER: provider}
    return sentence(limit, names.get(limit.subject, ""))


def seconds_left(share: Share, now: float) -> int:
    """Whole seconds until the window has ended: what ``Retry-After`` says."""
    return max(1, math.ceil(share.ends - now))


def when(share: Share, now: float) -> str:
    """« dans 42 secondes », « après minuit », « le 1er décembre »: when one may send again."""
    words = _words()
    if share.limit.period is Period.MINUTE:
        seconds = seconds_left(share, now)
        return words.seconds[seconds not in words.one].format(_grouped(seconds))
    if share.limit.period is Period.DAY:
        return words.midnight
    return words.month.format(words.months[datetime.fromtimestamp(share.ends, ZONE).month - 1])


def warning(share: Share, usage: str, provider: str, now: float) -> str:
    """What the person is told from 80 % on."""
    words, limit = _words(), told(share.limit, usage, provider)
    if share.reached:
        return words.reached.format(limit=limit, when=when(share, now))
    return words.near.format(limit=limit, used=math.floor(100 * share.ratio))


def _grouped(count: int) -> str:
    return f"{count:,}".replace(",", _words().group)
