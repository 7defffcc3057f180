"""The journal: list with filters, check, and export. Types and counts only."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from itertools import islice

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from egide.errors import JournalError
from egide.workspace import configuration
from egide.workspace.accounts.access import pilot_required
from egide.workspace.journalling import exchanges, services
from egide.workspace.journalling.forms import FilterForm, Names

LINES = 500


@pilot_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    names = Names()
    form = FilterForm(names, request.GET)
    filters = form.filters()
    page = exchanges.page(filters, request.GET.get("avant", ""))
    query = request.GET.copy()
    query.pop("avant", None)
    asked = query.urlencode()
    query["avant"] = page.older
    told = {
        "form": form,
        "page": page,
        "filtered": any(filters.values()),
        "asked": asked,
        "older": query.urlencode(),
        "people": names.people,
        "usages": names.usages,
        "providers": names.providers,
        "journal_days": configuration.current().journal_days,
        "public_key": services.signer().verifier.public_key,
    }
    return render(request, "journalling/list.html", told)


@pilot_required
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    told: dict[str, object] = {"checkable": services.checkable()}
    try:
        if told["checkable"]:
            told["checked"] = services.check()
    except JournalError as broken:
        told["broken"] = broken
    return render(request, "journalling/check.html", told)


@pilot_required
@require_safe
def export(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """The whole journal, or the part that the page's filters show."""
    selection = FilterForm(Names(), request.GET).selection()
    lines = services.export(kind == "csv", selection)
    content = _in_pages(lines) if isinstance(request, ASGIRequest) else lines
    types = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson"}
    response = StreamingHttpResponse(content, content_type=types[kind])
    part = "extrait-" if selection else ""
    name = f"journal-egide-{part}{timezone.localdate():%Y-%m-%d}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


async def _in_pages(lines: Iterator[str]) -> AsyncIterator[str]:
    """Many lines at a time from a thread: the event loop and the memory stay free."""
    while piece := await sync_to_async(_piece)(lines):
        yield piece


def _piece(lines: Iterator[str]) -> str:
    return "".join(islice(lines, LINES))
