"""How well a programme suits the company, each reason written out. Nothing is left out: what does not suit
comes last, and what is not known is said so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.reference.programmes import EVERY_SECTOR, EVERYWHERE, VARIES, Eligibility
from egide.workspace.programmes.entries import Entry
from egide.workspace.programmes.profile import SIZE_NAMES, SIZES, Profile, profession_name

EVERY_SIZE = 3
# ``VARIES`` of the reference, in words.
_VARYING = dict(zip(VARIES, (_("selon la région"), _("selon le pôle")), strict=True))


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


BANDS = {
    Band.SUITS: _("Pour vous"),
    Band.CHECK: _("Possible, à confirmer"),
    Band.OFF: _("Ne correspond pas"),
}


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
        return str(BANDS[self.band])

    @property
    def summary(self) -> str:
        """The band, and every reason."""
        told = gettext(" ; ").join(reason.text for reason in self.reasons)
        return gettext("%(name)s : %(what)s") % {"name": self.band_shown, "what": told}

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
    told = {"region": asked.region, "yours": profile.region}
    if asked.region == EVERYWHERE:
        yield Reason(Answer.YES, gettext("toute la France"), own=False)
    elif asked.region in VARIES:
        told["region"] = str(_VARYING[asked.region])
        yield Reason(Answer.UNKNOWN, gettext("%(region)s : à vérifier pour la vôtre") % told)
    elif not profile.region:
        said = gettext("réservé à la région %(region)s : la vôtre n'est pas indiquée")
        yield Reason(Answer.UNKNOWN, said % told)
    elif profile.region == asked.region:
        yield Reason(Answer.YES, gettext("votre région (%(region)s)") % told)
    else:
        said = gettext("réservé à la région %(region)s : la vôtre est %(yours)s")
        yield Reason(Answer.NO, said % told)


def _staff(asked: Eligibility, profile: Profile) -> Iterator[Reason]:
    bounds = _bounds(asked.min_staff, asked.max_staff)
    if bounds:
        yield _within(asked, profile, bounds)
    elif len(asked.sizes) == EVERY_SIZE:
        yield Reason(Answer.YES, gettext("toutes tailles"), own=False)
    if len(asked.sizes) < EVERY_SIZE or profile.size == "GE":
        yield from _size(asked, profile, said=bool(bounds))


def _within(asked: Eligibility, profile: Profile, bounds: str) -> Reason:
    if profile.staff is None:
        said = gettext("%(bounds)s : votre effectif n'est pas indiqué")
        return Reason(Answer.UNKNOWN, said % {"bounds": bounds})
    low, high = asked.min_staff or 0, asked.max_staff
    inside = profile.staff >= low and (high is None or profile.staff <= high)
    said = gettext("%(bounds)s : vous en avez %(n)s") % {"bounds": bounds, "n": _figure(profile.staff)}
    return Reason(Answer.YES if inside else Answer.NO, said)


def _size(asked: Eligibility, profile: Profile, *, said: bool) -> Iterator[Reason]:
    """``said``: the staff was answered for already, and is not said to be missing twice."""
    told: dict[str, object] = {"sizes": gettext(" et ").join(str(SIZE_NAMES[one]) for one in asked.sizes)}
    if not profile.size:
        if not said:
            words = gettext("pour %(sizes)s : votre effectif n'est pas indiqué")
            yield Reason(Answer.UNKNOWN, words % told)
        return
    words = gettext("pour %(sizes)s : vous êtes %(yours)s d'après votre effectif (%(n)s)")
    words %= told | {"yours": SIZES[profile.size], "n": _figure(profile.staff or 0)}
    if profile.size in asked.sizes:
        if not said:
            yield Reason(Answer.YES, words)
    else:
        yield Reason(Answer.NO, words)


def _sector(asked: Eligibility, profile: Profile) -> Iterator[Reason]:
    if asked.naf:
        yield _activity(asked.naf, profile.naf)
    if asked.professions:
        yield _profession(asked.professions, profile.profession)
    if asked.sectors != EVERY_SECTOR:
        said = gettext("réservé à : %(sectors)s ; à vérifier pour votre activité")
        if profile.naf:
            said = gettext("réservé à : %(sectors)s ; à vérifier pour votre activité (code NAF %(naf)s)")
        yield Reason(Answer.UNKNOWN, said % {"sectors": asked.sectors, "naf": _written(profile.naf)})


def _profession(wanted: tuple[str, ...], own: str) -> Reason:
    told = {"names": ", ".join(profession_name(key) for key in wanted), "yours": profession_name(own)}
    if not own:
        said = gettext("réservé à : %(names)s ; votre profession n'est pas indiquée")
        return Reason(Answer.UNKNOWN, said % told)
    if own in wanted:
        return Reason(Answer.YES, gettext("votre profession (%(yours)s)") % told)
    return Reason(Answer.NO, gettext("réservé à : %(names)s ; la vôtre est : %(yours)s") % told)


def _activity(wanted: tuple[str, ...], naf: str) -> Reason:
    told = {"codes": ", ".join(wanted), "yours": _written(naf)}
    if not naf:
        said = gettext("activités NAF %(codes)s : votre code n'est pas indiqué")
        return Reason(Answer.UNKNOWN, said % told)
    if any(naf.startswith(code.replace(".", "")) for code in wanted):
        return Reason(Answer.YES, gettext("votre activité (NAF %(yours)s)") % told)
    return Reason(Answer.NO, gettext("activités NAF %(codes)s : la vôtre est %(yours)s") % told)


def _state(entry: Entry) -> Iterator[Reason]:
    if entry.is_past and entry.closing:
        day = date_format(entry.closing, "j F Y")
        said = gettext("la date limite du %(day)s est passée") % {"day": day}
        yield Reason(Answer.NO, said, own=False)
    if entry.status == "open":
        said = (
            gettext("ouvert lors de votre relecture")
            if entry.reviewed
            else gettext("ouvert à la date de la source")
        )
        yield Reason(Answer.YES, said, own=False)
    elif entry.status == "closed":
        said = (
            gettext("non ouvert lors de votre relecture")
            if entry.reviewed
            else gettext("non ouvert à la date de la source")
        )
        yield Reason(Answer.NO, said, own=False)
    else:
        said = gettext("état non établi : demandez à l'organisme")
        yield Reason(Answer.UNKNOWN, said, own=False)


def _bounds(least: int | None, most: int | None) -> str:
    if least is not None and most is not None:
        return gettext("%(least)s à %(most)s salariés") % {"least": _figure(least), "most": _figure(most)}
    if least is not None:
        return gettext("%(n)s salariés au moins") % {"n": _figure(least)}
    return gettext("%(n)s salariés au plus") % {"n": _figure(most)} if most is not None else ""


def _figure(number: int) -> str:
    return number_format(number, force_grouping=True).replace("\xa0", "\u202f")


def _written(naf: str) -> str:
    return f"{naf[:2]}.{naf[2:]}" if len(naf) > 2 else naf
