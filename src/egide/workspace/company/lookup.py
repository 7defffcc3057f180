"""Finds a company in the public service recherche-entreprises: name, activity, region. Off by default.

Asks for the least: no officers, no finances, no addresses. What is found is only proposed; a person decides.
Form: app/doc/open-api.yml of the service's public repository (2026-07-22).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Final

from asgiref.sync import async_to_sync
from pydantic import BaseModel, Field, ValidationError

from egide.detection.recognisers._luhn import luhn
from egide.errors import WorkspaceError
from egide.reference.regions import REGIONS
from egide.workspace.outside import switches
from egide.workspace.outside.asking import ask, unreadable
from egide.workspace.outside.catalogue import COMPANIES

MOST: Final = 5
SHORTEST: Final = 3
LONGEST: Final = 100
_SIREN: Final = re.compile(r"\d{9}")
_SIRET: Final = re.compile(r"\d{14}")
# Brackets of staff of the Sirene directory (INSEE). Those not named are not known.
_STAFF: Final[dict[str, tuple[int, int | None]]] = {
    "00": (0, 0),
    "01": (1, 2),
    "02": (3, 5),
    "03": (6, 9),
    "11": (10, 19),
    "12": (20, 49),
    "21": (50, 99),
    "22": (100, 199),
    "31": (200, 249),
    "32": (250, 499),
    "41": (500, 999),
    "42": (1_000, 1_999),
    "51": (2_000, 4_999),
    "52": (5_000, 9_999),
    "53": (10_000, None),
}


@dataclass(frozen=True, slots=True)
class FoundCompany:
    """A company of the service. Empty or none: not told. ``staff``: its bracket, the last one without end."""

    siren: str
    name: str
    naf: str
    region: str
    staff: tuple[int, int | None] | None
    is_active: bool


class _Seat(BaseModel):
    region: str | None = None


class _Unit(BaseModel):
    siren: Annotated[str, Field(pattern=r"^\d{9}$")]
    nom_complet: str | None = None
    activite_principale: str | None = None
    tranche_effectif_salarie: str | None = None
    etat_administratif: str | None = None
    siege: _Seat | None = None


class _Answer(BaseModel):
    results: list[_Unit]


def search_company(wanted: str) -> tuple[FoundCompany, ...]:
    """The companies of this SIREN, SIRET or name, at most five.

    Raises WorkspaceError EG-6460 (nothing to look for), EG-6458 (the service is off) or EG-6459 (it failed).
    """
    query = _checked(wanted)
    switches.allowed(COMPANIES)
    parameters = {
        "q": query,
        "minimal": "true",
        "include": "siege",
        "page": "1",
        "per_page": str(MOST),
    }
    told = async_to_sync(ask)(COMPANIES, "/search", parameters)
    try:
        answer = _Answer.model_validate(told)
    except ValidationError:
        unreadable(COMPANIES)
    return tuple(_found(unit) for unit in answer.results[:MOST])


def _checked(wanted: str) -> str:
    """What is sent: the SIREN alone, even of a SIRET; else the name. A number that is wrong is not sent."""
    words = " ".join(wanted.split())
    packed = re.sub(r"[\s.\-]", "", wanted)
    if _SIREN.fullmatch(packed) or _SIRET.fullmatch(packed):
        if luhn(packed[:9]):
            return packed[:9]
        raise WorkspaceError("EG-6460")
    # Nine digits and more would make the service look for a number, and a few letters for half of France.
    if packed.isdecimal() or not SHORTEST <= len(words) <= LONGEST:
        raise WorkspaceError("EG-6460")
    return words


def _found(unit: _Unit) -> FoundCompany:
    region = (unit.siege.region if unit.siege else None) or ""
    naf = (unit.activite_principale or "").replace(".", "").upper()
    return FoundCompany(
        unit.siren,
        " ".join((unit.nom_complet or "").split())[:120],
        naf if re.fullmatch(r"\d{4}[A-Z]", naf) else "",
        region if region in REGIONS else "",
        _STAFF.get(unit.tranche_effectif_salarie or ""),
        unit.etat_administratif != "C",
    )
