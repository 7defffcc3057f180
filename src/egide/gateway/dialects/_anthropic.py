"""What every address of the Anthropic protocol shares: keys, errors, pages of models."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import orjson

from egide.errors import GatewayError
from egide.gateway import sse
from egide.gateway.bodies import JsonBody
from egide.gateway.dialect import Kind
from egide.policy import Provider

_VERSION: Final = "2023-06-01"
_DATE = re.compile(rb"\d{4}-\d\d-\d\d")
_TYPES: Final = {
    400: "invalid_request_error",
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    529: "overloaded_error",
}
_PAGE, _LARGEST_PAGE = 20, 1000


class Anthropic(JsonBody):
    """See ``gateway.dialect.Dialect``, of which this is a part."""

    kind: Kind = "anthropic"
    path: ClassVar[str]
    restores = True
    shared = False
    stateful = False
    absent: str | None = None
    default_model = ""

    def upstream(self, provider: Provider) -> str:
        return f"{provider.base_url.rstrip('/')}/v1{self.path}"

    def headers(self, provider: Provider, given: Mapping[bytes, bytes]) -> dict[str, str]:
        version = given.get(b"anthropic-version", b"")
        headers = {"anthropic-version": version.decode() if _DATE.fullmatch(version) else _VERSION}
        return {**headers, "x-api-key": provider.api_key} if provider.api_key else headers

    def error(self, status: int, code: str, message: str) -> dict[str, Any]:
        kind = _TYPES.get(status, "invalid_request_error" if status < 500 else "api_error")
        return {"type": "error", "error": {"type": kind, "message": f"{code} : {message}"}}

    def stream_error(self, status: int, code: str, message: str, number: int) -> bytes:
        return sse.encode(orjson.dumps(self.error(status, code, message)), "error")

    def model(self, name: str) -> dict[str, Any]:
        # The date is unknown, and the client libraries want one.
        date = "1970-01-01T00:00:00Z"
        return {
            "type": "model",
            "id": name,
            "display_name": name,
            "created_at": date,
            "lifecycle": "active",
        }

    def models(self, names: Sequence[str], query: Mapping[str, str]) -> dict[str, Any]:
        """The page after ``after_id``, or before ``before_id``, of ``limit`` models."""
        limit = _limit(query.get("limit", ""))
        first, last = 0, len(names)
        if after := query.get("after_id"):
            first = _place(names, after, "after_id") + 1
        if before := query.get("before_id"):
            last = _place(names, before, "before_id")
            first = max(first, last - limit)
        page = names[first : min(last, first + limit)]
        more = first > 0 if before else first + len(page) < len(names)
        return {
            "data": [self.model(name) for name in page],
            "has_more": more,
            "first_id": page[0] if page else None,
            "last_id": page[-1] if page else None,
        }


def _limit(asked: str) -> int:
    if not asked:
        return _PAGE
    if not asked.isascii() or not asked.isdigit() or not 1 <= int(asked[:9]) <= _LARGEST_PAGE:
        raise GatewayError("EG-4003", field="limit")
    return int(asked)


def _place(names: Sequence[str], name: str, field: str) -> int:
    if name not in names:
        raise GatewayError("EG-4003", field=field)
    return names.index(name)
