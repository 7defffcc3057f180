"""The HTTP status of each error, as clients of the providers expect it."""

from __future__ import annotations

from typing import Final

from egide.errors import EgideError

_BY_CODE: Final = {
    "EG-1001": 413,
    "EG-1004": 503,
    "EG-3001": 403,
    "EG-3002": 403,
    "EG-3020": 403,
    "EG-3021": 403,
    "EG-3022": 403,
    "EG-3023": 403,
    "EG-3024": 403,
    "EG-3025": 403,
    "EG-3026": 403,
    "EG-3027": 403,
    "EG-3028": 403,
    "EG-3029": 503,
    "EG-4001": 401,
    "EG-4002": 400,
    "EG-4003": 400,
    "EG-4004": 400,
    "EG-4005": 400,
    "EG-4006": 413,
    "EG-4007": 404,
    "EG-4008": 502,
    "EG-4009": 502,
    "EG-4010": 502,
    "EG-4011": 502,
    "EG-4012": 503,
    "EG-4013": 404,
    "EG-4014": 405,
    "EG-4015": 503,
    "EG-4016": 400,
    "EG-4020": 403,
    "EG-4021": 400,
    "EG-4022": 404,
    "EG-4025": 400,
    "EG-4026": 403,
    "EG-4027": 403,
    "EG-4030": 503,
    "EG-4031": 503,
    "EG-4032": 502,
    "EG-4033": 502,
    "EG-4040": 429,
    "EG-4041": 429,
    "EG-4042": 429,
    "EG-4043": 503,
    "EG-4044": 403,
    "EG-4045": 500,
    "EG-4050": 400,
    "EG-4051": 400,
    "EG-4052": 400,
    "EG-4053": 400,
    "EG-4054": 413,
    "EG-4055": 400,
    "EG-4056": 400,
    "EG-4060": 413,
    "EG-4061": 400,
    "EG-4062": 400,
    "EG-4063": 403,
    "EG-4064": 404,
    "EG-4065": 404,
    "EG-4066": 410,
    "EG-4067": 429,
    "EG-4068": 403,
    "EG-4069": 400,
    "EG-4070": 403,
    "EG-4071": 400,
    "EG-4072": 400,
    "EG-5001": 503,
    "EG-6151": 403,
    "EG-6419": 403,
}


_AGAIN_LATER: Final = frozenset({"EG-1004", "EG-3029", "EG-4015", "EG-4030", "EG-4031"})
_SOON: Final = 5


def status_of(problem: EgideError) -> int:
    """500 for what is nobody's mistake but ours."""
    return _BY_CODE.get(problem.code, 500)


def retry_after(problem: EgideError) -> list[tuple[bytes, bytes]]:
    """The header that tells a client when to try again, if the error has a time to it."""
    if problem.code not in _AGAIN_LATER:
        return []
    return [(b"retry-after", str(problem.fields.get("seconds", _SOON)).encode())]


def passed_on(status: int) -> int:
    """The status that the caller sees when the provider answers ``status``.

    401 and 403 speak of the company's key at the provider, not of the caller's: 502. So does a redirect,
    which is never followed (the key would go to another address).
    """
    return status if status >= 400 and status not in (401, 403, 407) else 502
