"""The inventory to download, limited to what the filters ask; in French, whoever asks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_safe

from egide.workspace.accounts.access import pilot_required
from egide.workspace.ui.files import attachment
from egide.workspace.usages.export import csv_lines, workbook
from egide.workspace.usages.selecting import Selection, selected
from egide.workspace.usages.shown import shown

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pilot_required
@require_safe
@override("fr")
def as_csv(request: HttpRequest) -> HttpResponse:
    usages = shown(selected(Selection(request.GET)))
    return _file("".join(csv_lines(usages)), "text/csv; charset=utf-8", "csv")


@pilot_required
@require_safe
@override("fr")
def as_xlsx(request: HttpRequest) -> HttpResponse:
    return _file(workbook(shown(selected(Selection(request.GET)))), XLSX, "xlsx")


def _file(content: str | bytes, kind: str, ending: str) -> HttpResponse:
    name = f"usages-ia-{timezone.localdate():%Y-%m-%d}.{ending}"
    return attachment(content, kind, name)
