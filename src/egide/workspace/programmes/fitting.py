"""How well a programme suits the company, each reason written out. Nothing is left out: what does not suit
comes last, and what is not known is said so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.formats import date_format

from egide.reference.programmes import EVERY_SECTOR, EVERYWHERE, VARIES, Eligibility
from egide.workspace.programmes.entries import Entry
from egide.workspace.programmes.profile import SIZES, Profile, profession_name

EVERY_SIZE = 3


class Answer(StrEnum):
    """What one criterion says."""

    YES = "yes"
    UNKNOWN = "unknown"
    NO = "no"


class Band(StrEnum):
    """What all of them say together."""

    SUITS = "suits"
    CHECK = "check"
    OFF = "off"


BANDS = {Band.SUITS: "Pour vous", Band.CHECK: "Possible, à confirmer", Band.OFF: "Ne correspond pas"}


@dataclass(frozen=True, slots=True)
class Reason:
    """One criterion, and what it says in words. ``own``: it is a matter of this company, not of all."""

    answer: Answer
    text: str
    own: bool = True


@dataclass(frozen=True, slots=True)
class Fit:
    """A programme, and why it stands where it does."""

    entry: Entry
    reasons: tuple[Reason, ...]

    @property
    def band(self) -> Band:
        """One « no » decides, then one « not known »."""
        answers = {reason.answer for reason in self.reasons}
        if Answer.NO in answers:
            return Band.OFF
        return Band.CHECK if Answer.UNKNOWN in answers else Band.SUITS

    @property
    def band_shown(self) -> str:
        """The band in words."""
        return BANDS[self.band]

    @property
    def _rank(self) -> tuple[int, int, int, bool, str]:
        count = [sum(reason.answer is answer for reason in self.reasons) for answer in Answer]
        particular = sum(reason.answer is Answer.YES and reason.own for reason in self.reasons)
        return (count[2], count[1], -particular, self.entry.to_check, self.entry.programme.name.casefold())


def fit(entry: Entry, profile: Profile) -> Fit:
    """What each criterion says of this programme for this company."""
    asked = entry.programme.eligibility
    reasons = (*_region(asked, profile), *_staff(asked, profile), *_sector(asked, profile), *_state(entry))
    return Fit(entry, reasons)


def ranked(entries: Iterable[Entry], profile: Profile) -> list[Fit]:
    """Every programme, the best first: no « no », then few « not known », then made for this company."""
    return sorted((fit(entry, profile) for entry in entries), key=lambda one: one._rank)


def _region(asked: Eligibility, profile: Profile) -> Iterator[Reason]:
    if asked.region == EVERYWHERE:
        yield Reason(Answer.YES, "toute la France", own=False)
    elif asked.region in VARIES:
        yield Reason(Answer.UNKNOWN, f"{asked.region} : à vérifier pour la vôtre")
    elif not profile.region:
        yield Reason(Answer.UNKNOWN, f"réservé à la région {asked.region} : la vôtre n'est pas indiquée")
    elif profile.region == asked.region:
        yield Reason(Answer.YES, f"votre région ({asked.region})")
    else:
        yield Reason(Answer.NO, f"réservé à la région {asked.region} : la vôtre est {profile.region}")


def _staff(asked: Eligibility, profile: Profile) -> Iterator[Reason]:
    bounds = _bounds(asked.min_staff, asked.max_staff)
    if bounds:
        yield _within(asked, profile, bounds)
    elif len(asked.sizes) == EVERY_SIZE:
        yield Reason(Answer.YES, "toutes tailles", own=False)
    if len(asked.sizes) < EVERY_SIZE or profile.size == "GE":
        yield from _size(asked, profile, said=bool(bounds))


def _within(asked: Eligibility, profile: Profile, bounds: str) -> Reason:
    if profile.staff is None:
        return Reason(Answer.UNKNOWN, f"{bounds} : votre effectif n'est pas indiqué")
    low, high = asked.min_staff or 0, asked.max_staff
    inside = profile.staff >= low and (high is None or profile.staff <= high)
    return Reason(Answer.YES if inside else Answer.NO, f"{bounds} : vous en avez {_figure(profile.staff)}")


def _size(asked: Eligibility, profile: Profile, *, said: bool) -> Iterator[Reason]:
    """``said``: the staff was answered for already, and is not said to be missing twice."""
    sizes = " et ".join(asked.sizes)
    if not profile.size:
        if not said:
            yield Reason(Answer.UNKNOWN, f"pour {sizes} : votre effectif n'est pas indiqué")
        return
    what = f"vous êtes {SIZES[profile.size]} d'après votre effectif ({_figure(profile.staff or 0)})"
    if profile.size in asked.sizes:
        if not said:
            yield Reason(Answer.YES, f"pour {sizes} : {what}")
    else:
        yield Reason(Answer.NO, f"pour {sizes} : {what}")


def _sector(asked: Eligibility, profile: Profile) -> Iterator[Reason]:
    if asked.naf:
        yield _activity(asked.naf, profile.naf)
    if asked.professions:
        names = ", ".join(profession_name(key) for key in asked.professions)
        if not profile.profession:
            yield Reason(Answer.UNKNOWN, f"réservé à : {names} ; votre profession n'est pas indiquée")
        elif profile.profession in asked.professions:
            yield Reason(Answer.YES, f"votre profession ({profession_name(profile.profession)})")
        else:
            yield Reason(
                Answer.NO, f"réservé à : {names} ; la vôtre est : {profession_name(profile.profession)}"
            )
    if asked.sectors != EVERY_SECTOR:
        known = f" (code NAF {_written(profile.naf)})" if profile.naf else ""
        yield Reason(Answer.UNKNOWN, f"réservé à : {asked.sectors} ; à vérifier pour votre activité{known}")


def _activity(wanted: tuple[str, ...], naf: str) -> Reason:
    codes = ", ".join(wanted)
    if not naf:
        return Reason(Answer.UNKNOWN, f"activités NAF {codes} : votre code n'est pas indiqué")
    if any(naf.startswith(code.replace(".", "")) for code in wanted):
        return Reason(Answer.YES, f"votre activité (NAF {_written(naf)})")
    return Reason(Answer.NO, f"activités NAF {codes} : la vôtre est {_written(naf)}")


def _state(entry: Entry) -> Iterator[Reason]:
    if entry.is_past and entry.closing:
        yield Reason(
            Answer.NO, f"la date limite du {date_format(entry.closing, 'j F Y')} est passée", own=False
        )
    since = "lors de votre relecture" if entry.reviewed else "à la date de la source"
    if entry.status == "open":
        yield Reason(Answer.YES, f"ouvert {since}", own=False)
    elif entry.status == "closed":
        yield Reason(Answer.NO, f"non ouvert {since}", own=False)
    else:
        yield Reason(Answer.UNKNOWN, "état non établi : demandez à l'organisme", own=False)


def _bounds(least: int | None, most: int | None) -> str:
    if least is not None and most is not None:
        return f"{_figure(least)} à {_figure(most)} salariés"
    if least is not None:
        return f"{_figure(least)} salariés au moins"
    return f"{_figure(most)} salariés au plus" if most is not None else ""


def _figure(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")


def _written(naf: str) -> str:
    return f"{naf[:2]}.{naf[2:]}" if len(naf) > 2 else naf
