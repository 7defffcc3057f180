"""The report of a closed campaign, as a PDF file: counts by point, and nobody's name."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from egide.errors import WorkspaceError
from egide.workspace import printing
from egide.workspace.company import services as company
from egide.workspace.hygiene import services
from egide.workspace.hygiene.models import Campaign
from egide.workspace.small_groups import FEWEST

LOW = "moins de la moitié"


def report(campaign: Campaign) -> bytes:
    """Its file. Raises WorkspaceError EG-6498 while the campaign runs."""
    if campaign.closed_at is None:
        raise WorkspaceError("EG-6498")
    started, closed = (_day(moment) for moment in (campaign.started_at, campaign.closed_at))
    lines = services.counted(campaign)
    data = {
        "title": f"Bonnes pratiques : campagne du {started}",
        "company": company.current().name,
        "date": closed,
        "period": f"Du {started} au {closed}",
        "people": f"{max((one.answered for one in lines), default=0)} sur {campaign.invited}",
        "fewest": FEWEST,
        "compared": services.previous(campaign) is not None,
        "lines": [_line(one) for one in lines],
    }
    return printing.pdf("hygiene/print/report.typ", data, made_at=campaign.closed_at)


def _line(one: services.Counted) -> dict[str, Any]:
    figures = (one.yes, one.no, one.unknown) if one.told else ("–", "–", "–")
    return {
        "theme": one.check.theme,
        "text": one.check.text,
        "figures": [str(figure) for figure in figures],
        "share": f"{one.share} %" if one.told else LOW if one.low else "–",
        "moved": "–" if one.moved is None else f"{one.moved:+d}" if one.moved else "0",
        "sources": [
            {"title": s.title, "url": s.url, "date": s.date, "verified": s.verified}
            for s in one.check.sources
        ],
    }


def _day(moment: Any) -> str:
    with override("fr"):  # as the whole report
        return date_format(timezone.localtime(moment), "j F Y")
