"""Who the provider says that the person is, once its token was checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext

from egide.workspace.sso.models import SingleSignOn
from egide.workspace.sso.tokens import refuse

LONGEST_SUBJECT: Final = 190
_ENTRA: Final = "https://login.microsoftonline.com/"
_GOOGLE: Final = "https://accounts.google.com"


@dataclass(frozen=True, slots=True)
class Identity:
    """``email`` is empty unless the provider says that it is verified. ``groups`` is None when unknown."""

    subject: str = field(repr=False)
    email: str = field(default="", repr=False)
    name: str = field(default="", repr=False)
    groups: frozenset[str] | None = field(default=None, repr=False)

    @property
    def domain(self) -> str:
        """What follows the « @ »."""
        return self.email.rpartition("@")[2]


def identity_of(setting: SingleSignOn, claims: Mapping[str, Any], more: Mapping[str, Any]) -> Identity:
    """From the ID token, then from the UserInfo answer of the same person. Raises WorkspaceError EG-6582."""
    subject = claims.get("sub")
    if not isinstance(subject, str) or not subject or len(subject) > LONGEST_SUBJECT:
        refuse(gettext("le jeton d'identité ne nomme personne"))
    if more and more.get("sub") != subject:
        refuse(gettext("le service d'identité a répondu pour une autre personne"))
    # An address and the word that it is verified come from the same place, never one from each.
    source = claims if "email" in claims else more
    name = claims.get("name") or more.get("name")
    return Identity(
        subject,
        _verified_email(setting, source, claims),
        name.strip()[:120] if isinstance(name, str) and name.isprintable() else "",
        _groups(setting, claims, more),
    )


def needs_more(setting: SingleSignOn, claims: Mapping[str, Any]) -> bool:
    """Whether the ID token leaves out something that UserInfo may say."""
    return "email" not in claims or bool(setting.groups_claim and setting.groups_claim not in claims)


def _verified_email(setting: SingleSignOn, source: Mapping[str, Any], claims: Mapping[str, Any]) -> str:
    email = source.get("email")
    # Two addresses that differ in one letter outside ASCII can become one in lower case.
    if not isinstance(email, str) or not email.isascii() or len(email) > 254:
        return ""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        return ""
    return email if _is_verified(setting, source, claims, email) else ""


def _is_verified(
    setting: SingleSignOn, source: Mapping[str, Any], claims: Mapping[str, Any], email: str
) -> bool:
    if setting.issuer.startswith(_ENTRA) and "email_verified" not in source:
        # Entra never sends « email_verified » ; this one says that the owner of the domain was verified.
        return source.get("xms_edov") is True
    if setting.issuer == _GOOGLE and claims.get("hd") != email.rpartition("@")[2]:
        # Without « hd », a personal account that was opened with this address: the company has no hand on it.
        return False
    return source.get("email_verified") is True


def _groups(
    setting: SingleSignOn, claims: Mapping[str, Any], more: Mapping[str, Any]
) -> frozenset[str] | None:
    """Those that are told; none when the claim is absent, unless the provider says that it left it out."""
    if not setting.groups_claim:
        return None
    told = claims.get(setting.groups_claim, more.get(setting.groups_claim))
    if told is None and any(_left_out(setting, source) for source in (claims, more)):
        return None
    listed = [told] if isinstance(told, str) else told if isinstance(told, list) else []
    return frozenset(one for one in listed if isinstance(one, str))


def _left_out(setting: SingleSignOn, source: Mapping[str, Any]) -> bool:
    """Too many to be listed: Entra says « hasgroups », or that « groups » are to be asked elsewhere."""
    names = source.get("_claim_names")
    elsewhere = isinstance(names, dict) and not names.keys().isdisjoint({"groups", setting.groups_claim})
    return elsewhere or source.get("hasgroups") in (True, "true")
