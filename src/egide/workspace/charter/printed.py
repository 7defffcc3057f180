"""The charter and the certificate of a signature, as PDF files."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import override

from egide.workspace import printing
from egide.workspace.charter.models import Signature
from egide.workspace.charter.words import day, printed, shown

BLANKS: Final = {"nom_collaborateur": "…………………………", "date_signature": "……/……/…………"}


def charter_pdf(content: Mapping[str, Any], made_at: datetime) -> bytes:
    """The charter. Raises WorkspaceError EG-6401."""
    return printing.pdf("charter/print/charter.typ", printable(content), made_at=made_at)


def printable(content: Mapping[str, Any]) -> dict[str, Any]:
    """What the printed forms show; the reasons for leaving an article out are for pilots alone."""
    entry, published = day(content["enters_on"]), day(content["published_on"])
    return {
        **{key: said for key, said in content.items() if key != "left_out"},
        "date": f"Version {content['version']} du {shown(published) if published else '…'}",
        "entry": shown(entry) if entry else "[à compléter]",
        "published": shown(published) if published else "",
        "consent": filled(content["consent"], BLANKS),
    }


def filled(consent: str, values: Mapping[str, str]) -> str:
    """The consent with the name and the date of who signs."""
    for name, said in values.items():
        consent = consent.replace("{{" + name + "}}", said)
    return consent


def certificate_pdf(signature: Signature, address: str) -> bytes:
    """The certificate of a signature; ``address`` is where it is verified. Raises WorkspaceError EG-6401."""
    content, at = signature.version.content, timezone.localtime(signature.at)
    told = {
        "title": "Certificat de signature de la charte",
        "company": content["company"],
        "date": f"Signature du {shown(at.date())}",
        "charter": content["title"],
        "consent": printed(signature.consent),
        "facts": [
            ["Signataire", printed(signature.name)],
            ["Compte", printed(signature.person.email)],
            ["Signé le", f"{shown(at.date())} à {at:%H:%M:%S} ({at:%Z})"],
            ["Adresse de la connexion", _address(signature)],
            ["Version de la charte", str(signature.version.number)],
            ["Empreinte SHA-256 du fichier", signature.digest],
            ["Code de vérification", signature.code],
        ],
        "address": address,
    }
    return printing.pdf("charter/print/certificate.typ", told, made_at=signature.at)


def _address(signature: Signature) -> str:
    told = signature.address or "inconnue"
    with override("fr"):  # as the whole certificate
        return f"{told} ({signature.get_source_display()})" if signature.source else told
