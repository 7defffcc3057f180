"""One call to a public service: to its own address and no other, within a time and a size, its failure told.

No redirection is followed, no proxy and no cookie of the environment is used, no certificate fault is passed.
Nothing is decompressed, so that a small answer cannot grow. What comes back is JSON that the caller still
has to check.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final, NoReturn

import aiohttp

from egide.errors import WorkspaceError
from egide.workspace.outside import catalogue

SECONDS: Final = 10.0
CONNECT_SECONDS: Final = 5.0
MOST_BYTES: Final = 1_000_000
_AGENT: Final = "Egide/1 (logiciel libre ; recherche ponctuelle par une entreprise)"
_LATER: Final = "Réessayez plus tard."
_TELL: Final = "Prévenez la personne qui administre Égide : le service a peut-être changé."


async def ask(
    service: str,
    path: str,
    parameters: Mapping[str, str] | None = None,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
) -> Any:
    """The JSON that the service answers. Raises WorkspaceError EG-6459 with a reason and what to do."""
    url = catalogue.address(service).rstrip("/") + path
    told = {
        "accept": "application/json",
        "accept-encoding": "identity",
        "user-agent": _AGENT,
        **(headers or {}),
    }
    timeout = aiohttp.ClientTimeout(total=SECONDS, sock_connect=CONNECT_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(
                timeout=timeout, cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False
            ) as session,
            session.request(method, url, params=parameters, headers=told, allow_redirects=False) as answer,
        ):
            if answer.status != HTTPStatus.OK:
                refused(service, answer.status, answer.headers.get("retry-after", ""))
            return json.loads(await _whole(service, answer))
    except TimeoutError:
        fail(service, f"pas de réponse en {SECONDS:.0f} secondes", _LATER)
    except aiohttp.ClientSSLError:
        fail(service, "son certificat n'est pas reconnu", _TELL)
    except (aiohttp.ClientError, OSError):
        fail(service, "la connexion n'a pas abouti", "Vérifiez que le serveur d'Égide a accès à internet.")
    except (ValueError, RecursionError):
        fail(service, "sa réponse n'est pas lisible", _TELL)


async def _whole(service: str, answer: aiohttp.ClientResponse) -> bytes:
    read = bytearray()
    async for piece in answer.content.iter_chunked(65_536):
        read += piece
        if len(read) > MOST_BYTES:
            fail(service, f"sa réponse dépasse {MOST_BYTES // 1_000_000} Mo", "Cherchez avec plus de mots.")
    return bytes(read)


def refused(service: str, status: int, retry_after: str = "") -> NoReturn:
    """Raise what a status means."""
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        wait = (
            f"dans {retry_after} secondes"
            if retry_after.isdecimal() and len(retry_after) < 6
            else "plus tard"
        )
        fail(service, "il reçoit trop de demandes", f"Réessayez {wait}.")
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        fail(service, "il refuse l'accès", "Vérifiez la clé de ce service dans la page Services publics.")
    if status == HTTPStatus.BAD_REQUEST:
        fail(service, "il ne comprend pas cette recherche", "Cherchez avec d'autres mots.")
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        fail(service, "il renvoie vers une autre adresse, qu'Égide ne suit pas", _TELL)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        fail(service, f"il est en panne (code {status})", _LATER)
    fail(service, f"il a refusé (code {status})", _TELL)


def fail(service: str, reason: str, advice: str) -> NoReturn:
    """Raise WorkspaceError EG-6459."""
    name = catalogue.services()[service].api.name
    raise WorkspaceError("EG-6459", service=name, reason=reason, advice=advice) from None


def unreadable(service: str) -> NoReturn:
    """Raise for an answer that is JSON, but not of the form expected."""
    fail(service, "sa réponse n'a pas la forme attendue", _TELL)
