"""Aids and data sets found in public services that a pilot turned on. What is found is shown, never kept.

Forms: Aides-territoires 1.8 and the catalogue of data.gouv.fr, as their public code gives them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final
from urllib.parse import urljoin, urlsplit

from asgiref.sync import async_to_sync
from pydantic import BaseModel, BeforeValidator, ValidationError

from egide.errors import WorkspaceError
from egide.workspace.outside import switches
from egide.workspace.outside.asking import ask, unreadable
from egide.workspace.outside.catalogue import AIDS, DATASETS

MOST: Final = 20
SHORTEST: Final = 3
LONGEST: Final = 100
_SITES: Final = {
    AIDS: "https://aides-territoires.beta.gouv.fr/",
    DATASETS: "https://www.data.gouv.fr/",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: its title, who offers it, its page on the service's own site, a date."""

    title: str
    operator: str
    url: str
    date: str


def _first(told: object) -> object:
    """Names that a service gives as texts, or as objects with a name."""
    given = told if isinstance(told, list) else []
    names = [one.get("name") if isinstance(one, dict) else one for one in given]
    return ", ".join(str(name) for name in names if name)


class _Aid(BaseModel):
    name: str
    url: str | None = None
    financers: Annotated[str, BeforeValidator(_first)] = ""
    submission_deadline: str | None = None


class _Aids(BaseModel):
    results: list[_Aid]


class _Token(BaseModel):
    token: str


class _Owner(BaseModel):
    name: str | None = None


class _Dataset(BaseModel):
    title: str
    page: str | None = None
    last_modified: str | None = None
    organization: _Owner | None = None


class _Datasets(BaseModel):
    data: list[_Dataset]


def search(service: str, words: str) -> tuple[Hit, ...]:
    """What a service finds. Raises WorkspaceError EG-6458 (off), EG-6459 (failed), EG-6460 (no words)."""
    words = " ".join(words.split())
    if not SHORTEST <= len(words) <= LONGEST:
        raise WorkspaceError("EG-6460")
    key = switches.allowed(service)
    try:
        return async_to_sync(_aids)(words, key) if service == AIDS else async_to_sync(_datasets)(words)
    except ValidationError:
        unreadable(service)


async def _aids(words: str, key: str) -> tuple[Hit, ...]:
    told = await ask(AIDS, "/connexion/", method="POST", headers={"x-auth-token": key})
    token = _Token.model_validate(told).token
    if not token.isascii() or not token.isprintable():
        unreadable(AIDS)
    parameters = {"organization_type_slugs": "private-sector", "keyword": words, "itemsPerPage": str(MOST)}
    found = await ask(AIDS, "/aids/", parameters, headers={"authorization": f"Bearer {token}"})
    return tuple(
        _hit(AIDS, one.name, one.financers, one.url, one.submission_deadline)
        for one in _Aids.model_validate(found).results[:MOST]
    )


async def _datasets(words: str) -> tuple[Hit, ...]:
    found = await ask(DATASETS, "/datasets/", {"q": words, "page": "1", "page_size": str(MOST)})
    return tuple(
        _hit(
            DATASETS,
            one.title,
            (one.organization.name if one.organization else "") or "",
            one.page,
            one.last_modified,
        )
        for one in _Datasets.model_validate(found).data[:MOST]
    )


def _hit(service: str, title: str, operator: str, url: str | None, date: str | None) -> Hit:
    """A link is shown only when it stays on the service's own site."""
    site = _SITES[service]
    try:
        whole = urljoin(site, url or "")
        parts = urlsplit(whole)
    except ValueError:
        whole, parts = site, urlsplit(site)
    own = parts.scheme == "https" and parts.netloc == urlsplit(site).netloc
    return Hit(title[:300], operator[:200], whole if own else site, (date or "")[:10])
