"""Asks a provider for its list of models: proves that the address, the kind and the key are right.

No text of the company is sent.
"""

from __future__ import annotations

import json

import aiohttp

from egide.errors import WorkspaceError

LARGEST = 2_000_000
TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5)
REASONS = {
    401: "il refuse la clé",
    403: "il refuse la clé",
    404: "cette adresse n'y existe pas",
    429: "il reçoit trop de demandes",
}


async def list_models(name: str, kind: str, base_url: str, api_key: str | None) -> tuple[str, ...]:
    """Names of the models. Raises WorkspaceError EG-6010."""
    path = "/models" if kind == "openai" else "/v1/models"
    try:
        # No proxy from the environment, no redirection: the key goes to this address or nowhere.
        async with (
            aiohttp.ClientSession(timeout=TIMEOUT) as session,
            session.get(base_url + path, headers=_headers(kind, api_key), allow_redirects=False) as response,
        ):
            if response.status != 200:
                reason = REASONS.get(response.status, f"il répond par une erreur ({response.status})")
                raise WorkspaceError("EG-6010", provider=name, reason=reason)
            return _names(await response.content.read(LARGEST))
    except TimeoutError:
        raise WorkspaceError("EG-6010", provider=name, reason="délai dépassé") from None
    except aiohttp.ClientError:
        raise WorkspaceError("EG-6010", provider=name, reason="connexion impossible") from None
    except (ValueError, KeyError, TypeError):
        reason = "sa réponse n'est pas une liste de modèles"
        raise WorkspaceError("EG-6010", provider=name, reason=reason) from None


def _headers(kind: str, api_key: str | None) -> dict[str, str]:
    headers = {"accept": "application/json"}
    if kind == "anthropic":
        headers["anthropic-version"] = "2023-06-01"
        if api_key:
            headers["x-api-key"] = api_key
    elif api_key:
        headers["authorization"] = f"Bearer {api_key}"
    return headers


def _names(body: bytes) -> tuple[str, ...]:
    found = [str(model["id"]) for model in json.loads(body)["data"]]
    return tuple(sorted(dict.fromkeys(found)))
