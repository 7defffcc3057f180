"""Files for the browser: ours and those of packages, under one versioned address."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

import bootstrap_wrapper

HERE = Path(__file__).parent


def folders() -> list[tuple[str, Path]]:
    """Bootstrap's files under ``bootstrap/``. The apps bring the others."""
    return [("bootstrap", bootstrap_wrapper.get_bootstrap_dir())]


def url() -> str:
    """``/static/VERSION/``: changes when a file does, so that browsers may keep files for ever."""
    digest = hashlib.sha256()
    for package in ("bootstrap-wrapper", "django-htmx", "django-allauth"):
        digest.update(version(package).encode())
    for path in sorted(HERE.glob("*/static/**/*")):
        if path.is_file():
            digest.update(path.read_bytes())
    return f"/static/{digest.hexdigest()[:12]}/"
