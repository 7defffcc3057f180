"""One call to the identity provider: within a time and a size, and its failure told in plain words.

No redirection is followed, no proxy and no cookie of the environment is used, no certificate fault is passed,
nothing is decompressed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final, NoReturn

import aiohttp
from asgiref.sync import async_to_sync
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from egide.errors import WorkspaceError
from egide.policy.network import context_of

SECONDS: Final = 10.0
CONNECT_SECONDS: Final = 5.0
MOST_BYTES: Final = 1_000_000

_ADDRESS: Final = _(
    "Vérifiez l'adresse de l'émetteur : copiez-la depuis la console de votre service d'identité."
)
_LATER: Final = _("Réessayez dans quelques minutes ; sinon, regardez l'état de votre service d'identité.")
ADVICE: Final[dict[str, tuple[Promise, Promise]]] = {
    "dns": (_("ce nom de machine n'existe pas"), _ADDRESS),
    "connection": (
        _("connexion impossible"),
        _("Vérifiez l'adresse, que le service est démarré, et que le pare-feu laisse passer Égide."),
    ),
    "tls": (
        _("son certificat n'est pas reconnu"),
        (
            _(
                "Si ce service est le vôtre, collez le certificat (PEM) de votre autorité privée. Sinon, "
                "arrêtez-vous là : un autre se fait peut-être passer pour lui."
            )
        ),
    ),
    "timeout": (_("pas de réponse complète en {seconds} secondes"), _LATER),
    "size": (_("sa réponse est bien trop longue"), _ADDRESS),
    "redirect": (_("il renvoie vers une autre adresse, qu'Égide ne suit pas"), _ADDRESS),
    "missing": (_("il n'y a rien à cette adresse (code 404)"), _ADDRESS),
    "status": (_("il a refusé (code {status})"), _ADDRESS),
    "broken": (_("il est en panne (code {status})"), _LATER),
    "json": (_("sa réponse n'est pas du JSON : c'est sans doute une page ordinaire"), _ADDRESS),
    "shape": (_("sa réponse n'a pas la forme attendue"), _ADDRESS),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whatever its status."""

    status: int
    kind: str
    body: bytes = field(repr=False)


def fail(cause: str, **fields: object) -> NoReturn:
    """Raise WorkspaceError EG-6581 with the reason and what to do."""
    reason, advice = ADVICE[cause]
    told = str(reason).format(seconds=f"{SECONDS:.0f}", **fields)
    raise WorkspaceError("EG-6581", reason=told, advice=str(advice)) from None


def fetch(
    method: str,
    url: str,
    *,
    data: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    authority: str = "",
) -> Answer:
    """Ask this address. ``authority``: the only certificates (PEM) to trust. Raises WorkspaceError."""
    return async_to_sync(_ask)(method, url, data, headers or {}, authority)


def fetch_json(url: str, *, headers: Mapping[str, str] | None = None, authority: str = "") -> dict[str, Any]:
    """The JSON object at this address. Raises WorkspaceError EG-6581."""
    answer = fetch("GET", url, headers=headers, authority=authority)
    if answer.status == HTTPStatus.NOT_FOUND:
        fail("missing")
    if HTTPStatus.MULTIPLE_CHOICES <= answer.status < HTTPStatus.BAD_REQUEST:
        fail("redirect")
    if answer.status != HTTPStatus.OK:
        broken = answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        fail("broken" if broken else "status", status=answer.status)
    try:
        told = json.loads(answer.body)
    except (ValueError, RecursionError):
        fail("json")
    if not isinstance(told, dict):
        fail("shape")
    return told


async def _ask(
    method: str, url: str, data: Mapping[str, str] | None, headers: Mapping[str, str], authority: str
) -> Answer:
    told = {"accept": "application/json", "accept-encoding": "identity", **headers}
    connector = aiohttp.TCPConnector(ssl=context_of(authority) if authority else True)
    timeout = aiohttp.ClientTimeout(total=SECONDS, sock_connect=CONNECT_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(
                connector=connector,
                timeout=timeout,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
            ) as session,
            session.request(method, url, data=data, headers=told, allow_redirects=False) as answer,
        ):
            return Answer(answer.status, answer.content_type, await _whole(answer))
    except TimeoutError:
        fail("timeout")
    except (aiohttp.ClientSSLError, aiohttp.ServerFingerprintMismatch):
        fail("tls")
    except aiohttp.ClientConnectorDNSError:
        fail("dns")
    except (aiohttp.ClientError, OSError):
        fail("connection")
    except ValueError:
        fail("shape")


async def _whole(answer: aiohttp.ClientResponse) -> bytes:
    read = bytearray()
    async for piece in answer.content.iter_chunked(65_536):
        read += piece
        if len(read) > MOST_BYTES:
            fail("size")
    return bytes(read)
