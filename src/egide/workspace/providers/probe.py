"""The test button: asks a provider for its list of models, or else for one word.

Proves that the address, the kind, the key, the proxy and the certificates are right. No text of the company
is sent. What fails is told with what to do.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn
from urllib.parse import quote

import aiohttp

from egide.errors import WorkspaceError
from egide.policy import Provider
from egide.policy.network import address_of, context_of, headers_of
from egide.workspace.providers.advice import ADVICE, of_status

LARGEST: Final = 2_000_000
SECONDS, CONNECT_SECONDS = 30.0, 5.0
WORD: Final = "Réponds seulement : OK"


@dataclass(frozen=True, slots=True)
class Found:
    """``models`` that the service lists; ``answered`` is the model that answered, when it was asked."""

    models: tuple[str, ...] = ()
    answered: str = ""


async def examine(provider: Provider) -> Found:
    """Ask the service. Raises WorkspaceError EG-6010 with a reason and what to do."""
    try:
        async with _session(provider) as session:
            if not (provider.network.deployments and provider.models):
                found = await _models(provider, session)
                if found is not None:
                    return found
            return await _chat(provider, session)
    except TimeoutError:
        _fail(provider, "timeout")
    except aiohttp.ClientSSLError:
        _fail(provider, "tls")
    except (aiohttp.ClientProxyConnectionError, aiohttp.ClientHttpProxyError):
        _fail(provider, "proxy")
    except aiohttp.ClientConnectorDNSError:
        _fail(provider, "dns")
    except (aiohttp.ClientError, OSError):
        _fail(provider, "connection")
    except (ValueError, KeyError, TypeError, IndexError):
        _fail(provider, "shape")


def _session(provider: Provider) -> aiohttp.ClientSession:
    """No proxy from the environment: the key goes to this address, this way, or nowhere."""
    network = provider.network
    seconds = min(SECONDS, network.read_seconds or SECONDS)
    connector = (
        aiohttp.TCPConnector(ssl=context_of(network.authority))
        if network.authority
        else aiohttp.TCPConnector()
    )
    timeout = aiohttp.ClientTimeout(total=seconds, sock_connect=network.connect_seconds or CONNECT_SECONDS)
    return aiohttp.ClientSession(connector=connector, timeout=timeout)


async def _models(provider: Provider, session: aiohttp.ClientSession) -> Found | None:
    """Its list of models; None when it has no such list but was told a model to ask."""
    path = "/v1/models" if provider.kind == "anthropic" else "/models"
    url = f"{provider.base_url}{'/openai' if provider.network.deployments else ''}{path}"
    if provider.network.api_version:
        url += f"?api-version={quote(provider.network.api_version)}"
    status, body = await _call(provider, session, "GET", url, None)
    if status in (404, 405, 501) and provider.models:
        return None
    if status != 200:
        _refused(provider, status)
    listed = tuple(sorted(dict.fromkeys(str(model["id"]) for model in json.loads(body)["data"])))
    # Azure lists what could be deployed, and not what is: only a person knows the names.
    return Found() if provider.network.deployments else Found(listed)


async def _chat(provider: Provider, session: aiohttp.ClientSession) -> Found:
    model = provider.models[0]
    asked: dict[str, Any] = {"model": model, "messages": [{"role": "user", "content": WORD}]}
    if provider.kind == "anthropic":
        url = f"{provider.base_url}/v1/messages"
        asked["max_tokens"] = 16
    else:
        url = f"{provider.base_url}/chat/completions"
    status, body = await _call(provider, session, "POST", address_of(provider, url, model), asked)
    if status == 404:
        _fail(provider, "model", model=model)
    if status != 200:
        _refused(provider, status)
    answer = json.loads(body)
    answer["content" if provider.kind == "anthropic" else "choices"][0]
    return Found(answered=model)


async def _call(
    provider: Provider, session: aiohttp.ClientSession, method: str, url: str, asked: Mapping[str, Any] | None
) -> tuple[int, bytes]:
    way: dict[str, Any] = {}
    if provider.network.proxy:
        way["proxy"] = provider.network.proxy
        if provider.network.proxy_login:
            name, _, password = provider.network.proxy_login.partition(":")
            way["proxy_headers"] = {"authorization": aiohttp.encode_basic_auth(name, password)}
    headers = headers_of(provider, _headers(provider))
    async with session.request(
        method, url, json=asked, headers=headers, allow_redirects=False, **way
    ) as response:
        return response.status, await response.content.read(LARGEST)


def _headers(provider: Provider) -> dict[str, str]:
    headers = {"accept": "application/json"}
    if provider.kind == "anthropic":
        headers["anthropic-version"] = "2023-06-01"
        if provider.api_key:
            headers["x-api-key"] = provider.api_key
    elif provider.api_key:
        headers["authorization"] = f"Bearer {provider.api_key}"
    return headers


def _refused(provider: Provider, status: int) -> NoReturn:
    reason, advice = map(str, of_status(status))
    raise WorkspaceError("EG-6010", provider=provider.name, reason=reason, advice=advice) from None


def _fail(provider: Provider, cause: str, **fields: str) -> NoReturn:
    reason, advice = ADVICE[cause]
    told = str(reason).format(**fields)
    raise WorkspaceError("EG-6010", provider=provider.name, reason=told, advice=str(advice)) from None
