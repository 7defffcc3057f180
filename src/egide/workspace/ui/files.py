"""A file that a page gives to keep."""

from __future__ import annotations

from django.http import HttpResponse


def attachment(content: str | bytes, kind: str, name: str) -> HttpResponse:
    """The answer that saves ``content`` (of the media type ``kind``) as ``name``; no cache keeps a copy."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
