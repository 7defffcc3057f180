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
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.errors import WorkspaceError
from egide.workspace.outside import catalogue

SECONDS: Final = 10.0
CONNECT_SECONDS: Final = 5.0
MOST_BYTES: Final = 1_000_000
_AGENT: Final = "Egide/1 (logiciel libre ; recherche ponctuelle par une entreprise)"
_LATER: Final = _("Réessayez plus tard.")
_TELL: Final = _("Prévenez la personne qui administre Égide : le service a peut-être changé.")


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
        fail(service, gettext("pas de réponse en %(n)s secondes") % {"n": round(SECONDS)}, _LATER)
    except aiohttp.ClientSSLError:
        fail(service, gettext("son certificat n'est pas reconnu"), _TELL)
    except (aiohttp.ClientError, OSError):
        fail(
            service,
            gettext("la connexion n'a pas abouti"),
            gettext("Vérifiez que le serveur d'Égide a accès à internet."),
        )
    except (ValueError, RecursionError):
        fail(service, gettext("sa réponse n'est pas lisible"), _TELL)


async def _whole(service: str, answer: aiohttp.ClientResponse) -> bytes:
    read = bytearray()
    async for piece in answer.content.iter_chunked(65_536):
        read += piece
        if len(read) > MOST_BYTES:
            fail(
                service,
                gettext("sa réponse dépasse %(n)s Mo") % {"n": MOST_BYTES // 1_000_000},
                gettext("Cherchez avec plus de mots."),
            )
    return bytes(read)


def refused(service: str, status: int, retry_after: str = "") -> NoReturn:
    """Raise what a status means."""
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        wait: str | Promise = _LATER
        if retry_after.isdecimal() and len(retry_after) < 6:
            wait = gettext("Réessayez dans %(n)s secondes.") % {"n": retry_after}
        fail(service, gettext("il reçoit trop de demandes"), wait)
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        fail(
            service,
            gettext("il refuse l'accès"),
            gettext("Vérifiez la clé de ce service dans la page Services publics."),
        )
    if status == HTTPStatus.BAD_REQUEST:
        fail(service, gettext("il ne comprend pas cette recherche"), gettext("Cherchez avec d'autres mots."))
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        fail(service, gettext("il renvoie vers une autre adresse, qu'Égide ne suit pas"), _TELL)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        fail(service, gettext("il est en panne (code %(code)s)") % {"code": int(status)}, _LATER)
    fail(service, gettext("il a refusé (code %(code)s)") % {"code": int(status)}, _TELL)


def fail(service: str, reason: str | Promise, advice: str | Promise) -> NoReturn:
    """Raise WorkspaceError EG-6459."""
    name = catalogue.services()[service].api.name
    raise WorkspaceError("EG-6459", service=name, reason=str(reason), advice=str(advice)) from None


def unreadable(service: str) -> NoReturn:
    """Raise for an answer that is JSON, but not of the form expected."""
    fail(service, gettext("sa réponse n'a pas la forme attendue"), _TELL)
