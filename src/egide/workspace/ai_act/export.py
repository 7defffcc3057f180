"""The register of classes: a row a usage, with its result in full for JSON and in short for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from egide.journal.spreadsheet import row
from egide.reference.ai_act import ai_act
from egide.workspace.ai_act import services
from egide.workspace.ai_act.models import Assessment
from egide.workspace.ai_act.record import record
from egide.workspace.ai_act.shown import Line, both, lines
from egide.workspace.usages.models import Usage

TITLES = (
    "Usage", "Identifiant", "État", "Classe", "Confirmée", "Rôles", "Résultats", "Devoirs et dates",
    "Prochaine date", "Répondu ou confirmé par", "Le", "Version de la table", "Réponses",
)  # fmt: skip


def rows(usages: Iterable[Usage], today: date) -> list[dict[str, Any]]:
    """Each usage of ``with_assessments``, as JSON holds it."""
    with override("fr"):
        return [_row(one) for one in lines(usages, today)]


def csv_lines(told: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Semicolons and UTF-8 with its mark, as a French spreadsheet opens it."""
    yield "\ufeff" + row(TITLES)
    for one in told:
        yield row(_cells(one))


def result_of(one: Assessment | None) -> dict[str, Any]:
    """What was kept, else what the answers of today lead to; empty while questions are left."""
    if one is None:
        return {}
    if not one.is_open:
        return dict(one.result)
    done = services.walked(one)
    return record(ai_act(), done) if done.next is None else {}


def _row(line: Line) -> dict[str, Any]:
    pending, last = both(line.usage)
    shown = last or pending
    return {
        "usage": line.usage.name,
        "id": line.usage.slug,
        "state": f"{line.stand.words} : {line.answering}" if line.answering else str(line.stand.words),
        "class": line.label,
        "confirmed": line.sure,
        "next_date": line.next_date.isoformat() if line.next_date else None,
        "by": line.by,
        "at": timezone.localtime(line.at).isoformat(timespec="minutes") if line.at else None,
        "answers": shown.answers if shown else {},
        "result": result_of(shown),
    }


def _cells(one: Mapping[str, Any]) -> list[object]:
    result = one["result"]
    outcomes = [f"{o['title']} ({o['legal_ref']})" for o in result.get("outcomes", ())]
    duties = [
        f"{d['legal_ref']} : {d['text']} (à partir du {_day(d['applies_from'])})"
        for d in result.get("duties", ())
    ]
    trail = [f"{s['text']} {s['said']}" for s in result.get("trail", ()) if not s["computed"]]
    return [
        one["usage"], one["id"], one["state"], one["class"], "oui" if one["confirmed"] else "non",
        ", ".join(result.get("roles", ())), " ; ".join(outcomes), " ; ".join(duties),
        _day(one["next_date"]), one["by"], _day((one["at"] or "")[:10]), result.get("table", ""),
        " ; ".join(trail),
    ]  # fmt: skip


def _day(written: str | None) -> str:
    return f"{date.fromisoformat(written):%d/%m/%Y}" if written else ""
