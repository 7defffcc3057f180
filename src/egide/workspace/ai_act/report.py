"""The sheet of a usage and the assessment of article 27, as PDF files."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from egide.reference.ai_act import ai_act
from egide.workspace import printing
from egide.workspace.ai_act import services
from egide.workspace.ai_act.export import result_of
from egide.workspace.ai_act.models import Assessment, Fria
from egide.workspace.company import services as company
from egide.workspace.usages.models import Usage

GONE: Final = "une personne retirée"


def sheet_of(usage: Usage, one: Assessment | None, pending: Assessment | None = None) -> bytes:
    """What this assessment says, as it was confirmed or as it stands. Raises WorkspaceError EG-6401.

    ``pending``: answers given since, which a pilot has not confirmed.
    """
    with override("fr"):
        now = timezone.now()
        result = result_of(one)
        signed = one is not None and one.confirmed_at is not None
        data: dict[str, Any] = {
            "title": f"Règlement IA : {usage.name}",
            "company": company.current().name,
            "date": _day(timezone.localdate(now)),
            "state": _signed(one, pending) if signed else "Non confirmé par un pilote",
            "description": usage.description,
            "class": result.get("class", "") if result else "Il reste des questions",
            "roles": ", ".join(result.get("roles", ())) or "aucun",
            "table": result.get("table", services.version()),
            "settled": bool(result.get("settled")),
            "outcomes": [_outcome(told) for told in result.get("outcomes", ())],
            "duties": [_duty(told) for told in result.get("duties", ())],
            "trail": [
                [told["text"], told["said"] + (" (déduit)" if told["computed"] else ""), told["legal_ref"]]
                for told in result.get("trail", ())
            ],
            "caution": [ai_act().meta.not_legal_advice, ai_act().meta.limits],
        }
        return printing.pdf("ai_act/print/sheet.typ", data, made_at=now)


def fria_report(fria: Fria) -> bytes:
    """The assessment as it stands. Raises WorkspaceError EG-6401."""
    with override("fr"):
        now, table = timezone.now(), ai_act()
        by = fria.changed_by.shown if fria.changed_by else GONE
        data: dict[str, Any] = {
            "title": f"Analyse d'impact sur les droits fondamentaux : {fria.usage.name}",
            "company": company.current().name,
            "date": _day(timezone.localdate(now)),
            "state": f"Modifiée le {_day(timezone.localdate(fria.changed_at))} par {by}",
            "duty": table.duty["D-27"].text,
            "parts": [[part.question, fria.parts.get(part.id) or "Pas encore dit"] for part in table.fria],
            "notified": _day(fria.notified_on) if fria.notified_on else "pas encore",
            "caution": [table.meta.not_legal_advice],
        }
        return printing.pdf("ai_act/print/fria.typ", data, made_at=now)


def _signed(one: Any, pending: Assessment | None) -> str:
    by = one.confirmed_by.shown if one.confirmed_by else GONE
    said = f"Confirmé le {_day(timezone.localdate(one.confirmed_at))} par {by}"
    if pending is None:
        return said
    by = pending.answered_by.shown if pending.answered_by else GONE
    return f"{said}. Réponses en cours, par {by}, pas encore confirmées"


def _outcome(told: dict[str, Any]) -> dict[str, Any]:
    since = _written(told["applies_from"])
    return {
        "title": told["title"],
        "label": told["label"],
        "why": told["why"],
        "ref": told["legal_ref"],
        "since": f"à partir du {since}" if since else "",
        "because": [f"{step['text']} {step['said']} ({step['legal_ref']})" for step in told["because"]],
    }


def _duty(told: dict[str, Any]) -> dict[str, Any]:
    return {
        "text": told["text"],
        "ref": told["legal_ref"],
        "since": _written(told["applies_from"]),
        "who": ", ".join(told["roles"]) or "toute entreprise",
        "evidence": ", ".join(told["evidence"]),
        "verified": told["verified"],
        "sources": told["sources"],
    }


def _written(day: str | None) -> str:
    return _day(date.fromisoformat(day)) if day else ""


def _day(day: date) -> str:
    return date_format(day, "j F Y")
