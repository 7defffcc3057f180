"""Files are read in memory and never touch the disk: see FILE_UPLOAD_HANDLERS in the settings."""

from __future__ import annotations

from django.http import HttpRequest

from egide.errors import WorkspaceError
from egide.workspace.knowledge.limits import MOST_BYTES, MOST_REQUEST_BYTES


def refusal(request: HttpRequest) -> str:
    """Why the request is too long, or nothing. Django drops such a file without a word."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if request.method == "POST" and length.isdigit() and int(length) > MOST_REQUEST_BYTES:
        return WorkspaceError("EG-6203", limit=MOST_BYTES // 1_000_000).message
    return ""
