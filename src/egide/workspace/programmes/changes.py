"""What a newer file of the directory would change: programmes that come, go or differ, sites they lead to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.reference.programmes import Programme, Programmes
from egide.workspace.programmes.models import KINDS, STATUSES

_LABELS: Final = {
    "name": _("Nom"),
    "kind": _("Sorte"),
    "operator": _("Organisme"),
    "gives": _("Ce que cela apporte"),
    "status": _("État"),
    "status_as_of": _("Date de l'état"),
    "closes_on": _("Date limite"),
    "url": _("Adresse"),
    "source_title": _("Source"),
    "source": _("Adresse de la source"),
    "source_date": _("Date de la source"),
    "source_date_iso": _("Date de la source, pour le calcul"),
    "source_kind": _("Sorte de source"),
    "verified": _("Source lue"),
    "url_seen": _("Adresse relue"),
    "sheet_line": _("Ligne de la fiche"),
    "note": _("À savoir"),
    "eligibility.sizes": _("Tailles"),
    "eligibility.min_staff": _("Effectif minimal"),
    "eligibility.max_staff": _("Effectif maximal"),
    "eligibility.region": _("Région"),
    "eligibility.sectors": _("Secteurs"),
    "eligibility.conditions": _("Conditions"),
    "eligibility.naf": _("Codes NAF"),
    "eligibility.professions": _("Professions"),
    "amount.text": _("Montant"),
}
_VALUES: Final = {**dict(KINDS), **dict(STATUSES), "True": _("oui"), "False": _("non")}
_NOTHING: Final = _("(rien)")


@dataclass(frozen=True, slots=True)
class Change:
    """A field, before and after, in words."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A programme that is in both files and differs."""

    programme: Programme
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """From the directory in force to the newer file. ``sites``: those that no programme led to before."""

    added: tuple[Programme, ...]
    removed: tuple[Programme, ...]
    changed: tuple[Changed, ...]
    rules: tuple[Change, ...]
    sites: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether both say the same of every programme."""
        return not (self.added or self.removed or self.changed or self.rules)


def difference(before: Programmes, after: Programmes) -> Difference:
    """What would change. The public services are left out: a file never changes those in use."""
    old = {one.id: one for one in before.programmes}
    new = {one.id: one for one in after.programmes}
    both = [(old[key], new[key]) for key in new if key in old and old[key] != new[key]]
    return Difference(
        tuple(one for key, one in new.items() if key not in old),
        tuple(one for key, one in old.items() if key not in new),
        tuple(Changed(mine, tuple(_fields(previous, mine))) for previous, mine in both),
        tuple(_rules(before, after)),
        tuple(sorted(_sites(after) - _sites(before))),
    )


def _fields(before: Programme, after: Programme) -> Iterator[Change]:
    told, now = _flat(before), _flat(after)
    for key in dict.fromkeys((*told, *now)):
        if told.get(key) != now.get(key):
            yield Change(_label(key), told.get(key, str(_NOTHING)), now.get(key, str(_NOTHING)))


def _label(key: str) -> str:
    if key in _LABELS:
        return str(_LABELS[key])
    return gettext("Chiffre du montant (%(name)s)") % {"name": key.partition(".")[2]}


def _flat(one: Programme) -> dict[str, str]:
    told = one.model_dump(exclude={"other_sources"})
    for group in ("eligibility", "amount"):
        told |= {f"{group}.{key}": value for key, value in told.pop(group).items()}
    shown = {key: _shown(value) for key, value in told.items() if value not in (None, (), "")}
    for other in one.other_sources:
        shown[f"other.{other.key}"] = f"{other.title} ({other.date}) {other.url}"
    return shown


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return " ; ".join(str(one) for one in value)
    return str(_VALUES.get(str(value), value))


def _rules(before: Programmes, after: Programmes) -> Iterator[Change]:
    pairs = (
        (
            gettext("Jours pendant lesquels une source est crue"),
            *(one.help.stale_after_days for one in (before, after)),
        ),
        (gettext("Règle d'affichage"), before.help.display_rule, after.help.display_rule),
    )
    for name, old, new in pairs:
        if old != new:
            yield Change(str(name), str(old), str(new))


def _sites(file: Programmes) -> set[str]:
    links = (link for one in file.programmes for link in (one.url, *(each.url for each in one.sources)))
    return {urlsplit(link).hostname or link for link in links}
