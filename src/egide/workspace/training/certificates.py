"""Certificates: found by their code, and printed for their holder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from egide.reference.training import modules, version
from egide.workspace import configuration, printing
from egide.workspace.accounts.models import User
from egide.workspace.company import services as company
from egide.workspace.printing.characters import can_be_shown
from egide.workspace.training import codes
from egide.workspace.training.models import Certificate


@dataclass(frozen=True, slots=True)
class Checked:
    """What the page of verification says of a certificate that exists. ``name`` is empty when not known.

    ``outdated``: the module has changed since.
    """

    title: str
    passed_at: datetime
    version: str
    outdated: bool
    name: str


def title(module: str) -> str:
    """What a module is called, or its id when it is no longer there."""
    found = modules().get(module)
    return found.title if found else module


def check(typed: str) -> Checked | None:
    """The certificate of this code, if there is one."""
    code = codes.read(typed)
    found = Certificate.objects.filter(code=code).select_related("person").first() if code else None
    if found is None:
        return None
    module = modules().get(found.module)
    return Checked(
        title(found.module),
        found.passed_at,
        found.version,
        outdated=module is None or version(module) != found.version,
        name=found.person.shown if found.person else "",
    )


def printed_name(name: str, email: str) -> str:
    """What a printed page calls a person: their address when the fonts cannot show their name."""
    return name if name and can_be_shown(name) else email


@override("fr")
def printed(certificate: Certificate, holder: User) -> bytes:
    """The certificate as a PDF. Raises WorkspaceError EG-6401."""
    module = modules().get(certificate.module)
    data = {
        "title": "Certificat de formation",
        "company": company.current().name,
        "date": _day(certificate.passed_at),
        "name": printed_name(holder.name, holder.email),
        "module": title(certificate.module),
        "goal": module.goal if module else "",
        "minutes": module.duration_min if module else None,
        "mark": module.pass_score_pct if module else None,
        "version": certificate.version,
        "code": codes.written(certificate.code),
        "address": configuration.current().base_url
        + reverse("training:verify-code", args=[certificate.code]),
    }
    return printing.pdf("training/print/certificate.typ", data, made_at=certificate.passed_at)


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y")
