"""What the provider says of itself: its discovery document and its public keys.

Both are kept in this process for a while, under the version of the settings: another replica that reads a
newer version asks anew. A key that is not known has the keys read again, not more often than ``PAUSE``.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final, NoReturn

import jwt
from django.utils.translation import gettext

from egide.errors import WorkspaceError
from egide.workspace.sso.addresses import WELL_KNOWN, is_safe, leads_here
from egide.workspace.sso.fetching import fail, fetch_json
from egide.workspace.sso.models import SingleSignOn

# Signed with a private key, always: never « none », never the client secret.
ALGORITHMS: Final = (
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
)  # fmt: skip
LIFETIME: Final = 600.0
PAUSE: Final = 30.0
FAILURE_PAUSE: Final = 5.0
MOST_KEYS: Final = 100
_MOST_SHOWN: Final = 120


@dataclass(frozen=True, slots=True)
class Metadata:
    """The addresses of the provider, each checked, and what it is able to do."""

    authorization: str
    token: str
    keys: str
    userinfo: str
    auth_methods: tuple[str, ...]
    algorithms: tuple[str, ...]
    takes_pkce: bool


def read(setting: SingleSignOn) -> Metadata:
    """Ask the provider. Raises WorkspaceError EG-6581 with what is wrong and what to do."""
    told = fetch_json(setting.issuer.rstrip("/") + WELL_KNOWN, authority=setting.authority)
    _same_issuer(setting, told.get("issuer"))
    wanted = {name: told.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")}
    for name, address in {**wanted, "userinfo_endpoint": told.get("userinfo_endpoint")}.items():
        if name == "userinfo_endpoint" and address is None:
            continue
        if address is None:
            _wrong(f"il ne dit pas son adresse « {name} »")
        if not is_safe(address):
            _wrong(f"son adresse « {name} » n'est pas protégée (https://)")
        if leads_here(address) and not leads_here(setting.issuer):
            _wrong(gettext("son adresse « %(name)s » mène à la machine même d'Égide") % {"name": name})
    if "code" not in _list(told, "response_types_supported", ("code",)):
        _wrong("il ne sait pas donner de code d'autorisation (« response_types_supported » sans « code »)")
    algorithms = tuple(
        name
        for name in _list(told, "id_token_signing_alg_values_supported", ("RS256",))
        if name in ALGORITHMS
    )
    if not algorithms:
        _wrong("il ne signe pas avec une clé privée (« id_token_signing_alg_values_supported »)")
    return Metadata(
        authorization=str(told["authorization_endpoint"]),
        token=str(told["token_endpoint"]),
        keys=str(told["jwks_uri"]),
        userinfo=str(told.get("userinfo_endpoint") or ""),
        # The default of OpenID Connect Discovery, section 3.
        auth_methods=_list(told, "token_endpoint_auth_methods_supported", ("client_secret_basic",)),
        algorithms=algorithms,
        takes_pkce="S256" in _list(told, "code_challenge_methods_supported", ()),
    )


def read_keys(setting: SingleSignOn, metadata: Metadata) -> tuple[Mapping[str, Any], ...]:
    """The provider's public keys that sign. Raises WorkspaceError EG-6581."""
    listed = fetch_json(metadata.keys, authority=setting.authority).get("keys")
    if not isinstance(listed, list) or len(listed) > MOST_KEYS:
        fail("shape")
    usable = tuple(key for key in listed if _signs(key))
    if not usable:
        _wrong("il ne publie aucune clé publique de signature")
    return usable


@dataclass(slots=True)
class _Known:
    metadata: Metadata
    until: float
    keys: Sequence[Mapping[str, Any]] = ()
    keys_at: float = field(default=float("-inf"))


_Name = tuple[int, str, str, str]
_known: dict[_Name, _Known] = {}
# A provider that fails is not asked again at once: anybody may start from the login page, again and again.
_failed: dict[_Name, tuple[float, str, Mapping[str, object]]] = {}
_lock = Lock()


def forget() -> None:
    """Ask the provider anew the next time."""
    with _lock:
        _known.clear()
        _failed.clear()


def known(setting: SingleSignOn) -> Metadata:
    """``read``, or what it gave a little earlier for these very settings."""
    return _kept(setting).metadata


def key_for(setting: SingleSignOn, kid: str | None, clock: Callable[[], float] = time.monotonic) -> list[Any]:
    """The public keys that may have signed under this name: those of the name, or all when it has none."""
    kept = _kept(setting)
    found = _named(kept.keys, kid)
    if not found and clock() - kept.keys_at > PAUSE:
        kept.keys = read_keys(setting, kept.metadata)
        kept.keys_at = clock()
        found = _named(kept.keys, kid)
    return found


def _kept(setting: SingleSignOn) -> _Known:
    name = (setting.version, setting.issuer, setting.client_id, setting.authority)
    with _lock:
        kept, failed = _known.get(name), _failed.get(name)
    if kept is not None and kept.until >= time.monotonic():
        return kept
    if failed is not None and failed[0] >= time.monotonic():
        _, code, fields = failed
        raise WorkspaceError(code, **fields)
    try:
        kept = _Known(read(setting), time.monotonic() + LIFETIME)
    except WorkspaceError as problem:
        with _lock:
            _failed.clear()
            _failed[name] = (time.monotonic() + FAILURE_PAUSE, problem.code, problem.fields)
        raise
    with _lock:
        _known.clear()
        _known[name] = kept
    return kept


def _named(keys: Sequence[Mapping[str, Any]], kid: str | None) -> list[Any]:
    return [key for key in keys if kid is None or key.get("kid") == kid]


def _signs(key: object) -> bool:
    """Whether it is a public key for signatures that can be read."""
    if not isinstance(key, dict) or key.get("kty") not in ("RSA", "EC", "OKP") or key.get("use") == "enc":
        return False
    try:
        jwt.PyJWK(key)
    except (jwt.PyJWTError, ValueError, TypeError, KeyError):
        return False
    return True


def _same_issuer(setting: SingleSignOn, announced: object) -> None:
    if announced == setting.issuer:
        return
    if isinstance(announced, str) and announced.isprintable() and len(announced) <= _MOST_SHOWN:
        raise WorkspaceError(
            "EG-6581",
            reason=f"il se nomme « {announced} », et ce n'est pas l'adresse écrite ici",
            advice="Si c'est bien votre service, écrivez cette adresse exactement, barre finale comprise.",
        )
    fail("shape")


def _list(told: Mapping[str, Any], name: str, absent: tuple[str, ...]) -> tuple[str, ...]:
    listed = told.get(name)
    if listed is None:
        return absent
    if not isinstance(listed, list):
        fail("shape")
    return tuple(one for one in listed if isinstance(one, str))


def _wrong(reason: str) -> NoReturn:
    raise WorkspaceError(
        "EG-6581", reason=reason, advice="Corrigez-le dans la console de votre service d'identité."
    )
