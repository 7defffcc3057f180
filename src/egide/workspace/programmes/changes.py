"""What a newer file of the directory would change: programmes that come, go or differ, sites they lead to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from egide.reference.programmes import Programme, Programmes
from egide.workspace.programmes.models import KINDS, STATUSES

_LABELS: Final = {
    "name": "Nom",
    "kind": "Sorte",
    "operator": "Organisme",
    "gives": "Ce que cela apporte",
    "status": "État",
    "status_as_of": "Date de l'état",
    "closes_on": "Date limite",
    "url": "Adresse",
    "source_title": "Source",
    "source": "Adresse de la source",
    "source_date": "Date de la source",
    "source_date_iso": "Date de la source, pour le calcul",
    "source_kind": "Sorte de source",
    "verified": "Source lue",
    "url_seen": "Adresse relue",
    "sheet_line": "Ligne de la fiche",
    "note": "À savoir",
    "eligibility.sizes": "Tailles",
    "eligibility.min_staff": "Effectif minimal",
    "eligibility.max_staff": "Effectif maximal",
    "eligibility.region": "Région",
    "eligibility.sectors": "Secteurs",
    "eligibility.conditions": "Conditions",
    "eligibility.naf": "Codes NAF",
    "eligibility.professions": "Professions",
    "amount.text": "Montant",
}
_VALUES: Final = {**dict(KINDS), **dict(STATUSES), "True": "oui", "False": "non"}
_NOTHING: Final = "(rien)"


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
            yield Change(
                _LABELS.get(key, f"Chiffre du montant ({key.partition('.')[2]})"),
                told.get(key, _NOTHING),
                now.get(key, _NOTHING),
            )


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
    return _VALUES.get(str(value), str(value))


def _rules(before: Programmes, after: Programmes) -> Iterator[Change]:
    pairs = (
        (
            "Jours pendant lesquels une source est crue",
            *(one.help.stale_after_days for one in (before, after)),
        ),
        ("Règle d'affichage", before.help.display_rule, after.help.display_rule),
    )
    for name, old, new in pairs:
        if old != new:
            yield Change(str(name), str(old), str(new))


def _sites(file: Programmes) -> set[str]:
    links = (link for one in file.programmes for link in (one.url, *(each.url for each in one.sources)))
    return {urlsplit(link).hostname or link for link in links}
