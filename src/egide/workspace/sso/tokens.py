"""Checks an ID token (OpenID Connect Core, 3.1.3.7): signature, issuer, audience, times and nonce."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from typing import Any, Final, NoReturn

import jwt
from django.utils.translation import gettext

from egide.errors import WorkspaceError
from egide.workspace.sso.metadata import ALGORITHMS, key_for
from egide.workspace.sso.models import SingleSignOn

LEEWAY_SECONDS: Final = 60
LONGEST: Final = 100_000
REQUIRED: Final = ("iss", "sub", "aud", "exp", "iat", "nonce")


def refuse(reason: str) -> NoReturn:
    """Raise WorkspaceError EG-6582. ``reason`` never holds anything of what was received."""
    raise WorkspaceError("EG-6582", reason=reason) from None


def checked(token: object, setting: SingleSignOn, nonce: str | None) -> dict[str, Any]:
    """The claims of the token. Raises WorkspaceError EG-6582, or EG-6581 when the keys cannot be read."""
    if not isinstance(token, str) or len(token) > LONGEST:
        refuse(gettext("le service d'identité n'a pas donné de jeton d'identité"))
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, RecursionError):
        refuse(gettext("le jeton d'identité n'est pas lisible"))
    algorithm, kid = header.get("alg"), header.get("kid")
    if algorithm not in ALGORITHMS:
        refuse(gettext("le jeton d'identité n'est pas signé par une clé privée"))
    if kid is not None and not isinstance(kid, str):
        refuse(gettext("le jeton d'identité n'est pas lisible"))
    claims = _verified(token, algorithm, key_for(setting, kid), setting)
    _audience(claims, setting.client_id)
    told = claims["nonce"]
    if not nonce or not isinstance(told, str) or not hmac.compare_digest(told.encode(), nonce.encode()):
        refuse(gettext("le jeton d'identité répond à une autre demande"))
    return claims


def _verified(token: str, algorithm: str, keys: Sequence[Any], setting: SingleSignOn) -> dict[str, Any]:
    for key in keys:
        if key.get("alg") not in (None, algorithm):
            continue
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                key=jwt.PyJWK(key, algorithm),
                algorithms=[algorithm],
                audience=setting.client_id,
                issuer=setting.issuer,
                leeway=LEEWAY_SECONDS,
                options={"require": list(REQUIRED)},
            )
        except (jwt.InvalidSignatureError, jwt.InvalidKeyError, jwt.PyJWKError):
            continue
        except jwt.ExpiredSignatureError:
            refuse(gettext("le jeton d'identité est périmé : vérifiez l'heure du serveur"))
        except jwt.ImmatureSignatureError:
            refuse(gettext("le jeton d'identité vient du futur : vérifiez l'heure du serveur"))
        except jwt.InvalidIssuerError:
            refuse(gettext("le jeton d'identité vient d'un autre émetteur"))
        except jwt.InvalidAudienceError:
            refuse(gettext("le jeton d'identité est fait pour une autre application"))
        except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
            refuse(gettext("le jeton d'identité est incomplet"))
        return claims
    refuse(gettext("la signature du jeton d'identité n'est pas celle du service"))


def _audience(claims: dict[str, Any], client_id: str) -> None:
    """A token for several applications must say that it was asked by this one."""
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if (several or "azp" in claims) and claims.get("azp") != client_id:
        refuse(gettext("le jeton d'identité est fait pour une autre application"))
