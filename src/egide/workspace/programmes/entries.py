"""One programme as it is shown: with what the company read again, and whether it is to be checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext

from egide.reference.programmes import EVERYWHERE, Programme
from egide.reference.programmes import to_check as source_to_check
from egide.reference.regions import REGIONS
from egide.workspace.programmes.models import KINDS, STATUSES, Follow, OwnProgramme, Review

OWN = "propre-"
"""How the ids of the company's own entries begin; no file may use it."""


@dataclass(frozen=True)
class Entry:
    """``own``: its row, when the company wrote it. A review older than the source is void."""

    programme: Programme
    today: date
    stale_after: timedelta
    review: Review | None = None
    follow: Follow | None = None
    own: OwnProgramme | None = None

    @property
    def id(self) -> str:
        """Its id in the directory."""
        return self.programme.id

    @property
    def kind(self) -> str:
        """What kind it is, in words."""
        return str(dict(KINDS)[self.programme.kind])

    @property
    def reviewed(self) -> Review | None:
        """The last reading by the company, unless the source is newer than it."""
        dated = self.programme.dated
        if self.review is None or (dated is not None and self.review.on < dated):
            return None
        return self.review

    @property
    def status(self) -> str:
        """open, closed or unknown: as last read by the company, else as the source says."""
        return self.reviewed.status if self.reviewed else self.programme.status

    @property
    def closing(self) -> date | None:
        """Last day to ask for it, if one is known."""
        return self.reviewed.closes_on if self.reviewed else self.programme.closing

    @property
    def is_past(self) -> bool:
        """Whether the last day to ask for it is gone."""
        return self.closing is not None and self.closing < self.today

    @property
    def status_shown(self) -> str:
        """Its state and what says so: « ouvert à la date de la source : 2025-12-03 »."""
        if self.reviewed:
            read = {"state": dict(STATUSES)[self.status], "day": date_format(self.reviewed.on, "j F Y")}
            return gettext("%(state)s, d'après votre relecture du %(day)s") % read
        if self.status == "unknown":
            return gettext("État non établi par la source")
        state = gettext("Ouvert") if self.status == "open" else gettext("Fermé")
        told = {"state": state, "day": self.programme.status_as_of}
        return gettext("%(state)s à la date de la source : %(day)s") % told

    @property
    def review_by(self) -> date | None:
        """Until when what is shown may be believed; none when it already may not."""
        read = self.reviewed.on if self.reviewed else self.programme.dated
        if read is None or self.to_check:
            return None
        return min(read + self.stale_after, self.closing or date.max)

    @cached_property
    def to_check(self) -> bool:
        """Whether it carries « à vérifier auprès de l'organisme »: by its source, or its last reading."""
        if self.reviewed is None:
            return source_to_check(self.programme, self.today, self.stale_after)
        return self.is_past or self.today - self.reviewed.on > self.stale_after

    @property
    def doubts(self) -> list[str]:
        """Why it is to be checked, in words."""
        if not self.to_check:
            return []
        found = []
        if self.is_past and self.closing:
            day = date_format(self.closing, "j F Y")
            found.append(gettext("la date limite (%(day)s) est passée") % {"day": day})
        if self.reviewed is None:
            return found + self._doubts_of_source()
        if self.today - self.reviewed.on > self.stale_after:
            found.append(gettext("votre relecture a plus de %(n)s jours") % {"n": self.stale_after.days})
        return found

    def _doubts_of_source(self) -> list[str]:
        found = []
        dated = self.programme.dated
        if not self.programme.verified:
            found.append(gettext("la source n'a pas été lue en entier"))
        if dated is None:
            found.append(gettext("la date de la source n'est pas connue"))
        elif self.today - dated > self.stale_after:
            found.append(gettext("la source a plus de %(n)s jours") % {"n": self.stale_after.days})
        return found


def own_id(own: OwnProgramme) -> str:
    """The id of an entry that the company wrote."""
    return f"{OWN}{own.pk or 0}"


def as_programme(own: OwnProgramme) -> Programme:
    """An entry that the company wrote, in the form of the others. Raises ValidationError of pydantic."""
    return Programme.model_validate(
        {
            "id": own_id(own),
            "name": own.name,
            "kind": own.kind,
            "operator": own.operator,
            "eligibility": {
                "sizes": ["TPE", "PME", "ETI"],
                "min_staff": own.min_staff,
                "max_staff": own.max_staff,
                "region": REGIONS.get(own.region, EVERYWHERE),
                "sectors": "tous",
                "conditions": [line.strip() for line in own.conditions.splitlines() if line.strip()],
                "naf": own.naf.split(),
                "professions": [own.profession] if own.profession else [],
            },
            "gives": own.gives.replace("\r", ""),
            "amount": {"text": own.amount or gettext("non précisé")},
            "status": own.status,
            "status_as_of": own.source_on.isoformat(),
            "closes_on": own.closes_on.isoformat() if own.closes_on else None,
            "url": own.url,
            "source_title": own.source_title,
            "source": own.url,
            "source_date": own.source_on.isoformat(),
            "source_date_iso": own.source_on.isoformat(),
            "source_kind": "interne",
            "verified": True,
            "url_seen": True,
        }
    )
