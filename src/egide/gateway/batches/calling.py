"""Calls to a provider that send no text: what becomes of a batch, and what it keeps for the caller."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final
from urllib.parse import quote, urlencode

import aiohttp
import orjson

from egide.errors import GatewayError
from egide.gateway.answering import no_address
from egide.gateway.dialect import Kind
from egide.gateway.dialects import by_kind
from egide.gateway.parts import Parts
from egide.gateway.statuses import passed_on
from egide.gateway.trying import NoAnswerError
from egide.policy import Provider
from egide.policy.network import address_of, headers_of

_MOST_BYTES: Final = 20_000_000
_MOST_SAID: Final = 400


class ProviderError(GatewayError):
    """The provider answered by an error (EG-4009), passed on with its status and its own words."""

    def __init__(self, provider: str, status: int, said: str) -> None:
        super().__init__("EG-4009", provider=provider, status=status)
        self.status, self.said = passed_on(status), said

    @property
    def message(self) -> str:
        """With the provider's words, when it has some."""
        message = super().message
        return f"{message} Message du fournisseur : {self.said}" if self.said else message


def path_to(family: str, identifier: str, tail: str = "") -> str:
    """The path of a thing: nothing in a name is taken for more than a name."""
    return f"{family}/{quote(identifier, safe='')}{tail}"


@asynccontextmanager
async def called(
    parts: Parts,
    provider: Provider,
    method: str,
    path: str,
    given: Mapping[bytes, bytes],
    query: Mapping[str, str] | None = None,
) -> AsyncIterator[aiohttp.ClientResponse]:
    """The head of an answer 200. Raises GatewayError EG-4008, EG-4009, EG-4031 to EG-4033 or EG-4064."""
    attempt = parts.breakers.admit(provider)
    if attempt is None:
        wait = parts.breakers.health(provider).wait_seconds
        raise GatewayError("EG-4031", provider=provider.name, seconds=max(1, round(wait)))
    response: aiohttp.ClientResponse | None = None
    try:
        url = address_of(provider, _base(provider) + path, "")
        if query:
            url += ("&" if "?" in url else "?") + urlencode(query)
        headers = headers_of(provider, by_kind(provider.kind).headers(provider, given))
        try:
            response = await parts.upstream.call(method, provider, url, headers)
        except NoAnswerError:
            attempt.failed()
            raise
        attempt.failed() if response.status >= 500 else attempt.completed()
        if response.status != 200:
            raise await _refusal(provider, response)
        yield response
    finally:
        attempt.let_go()
        if response is not None:
            response.close() if not response.content.is_eof() else response.release()


async def content_of(provider: Provider, response: aiohttp.ClientResponse) -> dict[str, Any]:
    """A whole answer in JSON. Raises GatewayError EG-4010."""
    try:
        content = orjson.loads(await _body(response))
    except (ValueError, aiohttp.ClientError, TimeoutError, OSError):
        content = None
    if type(content) is not dict:
        raise GatewayError("EG-4010", provider=provider.name)
    return content


async def _body(response: aiohttp.ClientResponse) -> bytes:
    pieces, size = [], 0
    async for piece in response.content.iter_any():
        pieces.append(piece)
        size += len(piece)
        if size > _MOST_BYTES:
            raise ValueError("too long")
    return b"".join(pieces)


async def _refusal(provider: Provider, response: aiohttp.ClientResponse) -> GatewayError:
    try:
        content = orjson.loads(await _body(response))
    except (ValueError, aiohttp.ClientError, TimeoutError, OSError):
        content = None
    error = content.get("error", content) if type(content) is dict else None
    if no_address(response.status, error):
        return GatewayError("EG-4064", provider=provider.name)
    said = error.get("message") if type(error) is dict else error
    # 401 and 403 speak of the company's key.
    told = type(said) is str and passed_on(response.status) == response.status
    return ProviderError(provider.name, response.status, str(said)[:_MOST_SAID] if told else "")


def _base(provider: Provider) -> str:
    kind: Kind = provider.kind
    base = provider.base_url.rstrip("/")
    return f"{base}/v1" if kind == "anthropic" else base
