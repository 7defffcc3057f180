"""The report of a self-diagnosis, as a PDF file."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from egide.workspace import printing
from egide.workspace.actions.models import Action
from egide.workspace.company import services as company
from egide.workspace.diagnosis.models import Diagnosis
from egide.workspace.diagnosis.shown import CHANGED, Remedy, Shown, shown


@override("fr")
def report(diagnosis: Diagnosis) -> bytes:
    """Its file, as it stands now. Raises WorkspaceError EG-6401."""
    told, now = shown(diagnosis), timezone.now()
    method = told.questionnaire.method
    result = told.result
    data = {
        "title": f"Autodiagnostic du {_day(diagnosis.started_at)}",
        "company": company.current().name,
        "date": _day(now),
        "state": _state(told),
        "score": "–" if result.shown is None else str(result.shown),
        "band": result.band.label if result.band else "pas encore de réponse",
        "movement": _movement(told),
        "previous": _day(told.previous.started_at) if told.previous else "",
        "changed": str(CHANGED) if told.changed else "",
        "critical": [one.text for one in result.critical],
        "critical_rule": method.critical_rule,
        "radar": render_to_string("diagnosis/radar.svg", {"shown": told}),
        "described": told.described,
        "axes": [_axis(one) for one in told.axes],
        "remedies": [_remedy(one) for one in told.remedies],
        "set_aside": [one.text for one in result.set_aside],
        "edition": f"Questionnaire préparé le {_date(told.questionnaire.prepared_on)}.",
        "method": [method.axis_score, method.global_score, method.unknown_answer, method.not_applicable],
        "disclaimer": method.disclaimer,
    }
    return printing.pdf("diagnosis/print/report.typ", data, made_at=now)


def _movement(told: Shown) -> str:
    """How the score moved; empty when nothing can be compared."""
    if told.moved is None:
        return ""
    points = f"{told.points} point{'s' if told.points > 1 else ''}"
    return "Le même score" if not told.moved else f"{points} de {'plus' if told.moved > 0 else 'moins'}"


def _state(told: Shown) -> str:
    result = told.result
    if not result.missing:
        return "Toutes les questions ont une réponse"
    return f"{'Provisoire' if told.diagnosis.is_open else 'Partiel'} : le score porte {result.part}"


def _axis(line: Any) -> list[str]:
    figures = (line.score.shown, line.before, line.moved)
    now, before, moved = ("–" if figure is None else str(figure) for figure in figures)
    return [line.score.axis.name, now, before, f"+{moved}" if line.moved and line.moved > 0 else moved]


def _remedy(one: Remedy) -> dict[str, Any]:
    return {
        "text": one.question.remedy.text,
        "critical": one.question.critical,
        "why": f"{one.axis.name} · {one.question.text} Réponse : « {one.answer} ».",
        "action": _action(one.action),
        "sources": [
            {"title": s.title, "url": s.url, "date": s.date, "verified": s.verified}
            for s in one.question.sources
        ],
    }


def _action(action: Action | None) -> str:
    if action is None:
        return ""
    owner = action.owner.shown if action.owner else "personne"
    due = date_format(action.due, "j F Y")
    return f"{action.get_state_display()} : {owner}, avant le {due}"


def _date(written: str) -> str:
    return date_format(date.fromisoformat(written), "j F Y")


def _day(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "j F Y")
