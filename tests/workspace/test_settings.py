from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from egide.policy import Role

PRINT = "import json,egide.workspace.settings as s; print(json.dumps({k:getattr(s,k,None) for k in %r}))"


def _settings(tmp_path: Path, names: list[str], **env: str) -> str:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("EGIDE_")}
    command = [sys.executable, "-c", PRINT % names]
    folder = str(tmp_path / "absent")
    done = subprocess.run(
        command, env={**clean, "EGIDE_DATA_DIR": folder, **env}, capture_output=True, text=True, check=True
    )
    assert not Path(folder).exists(), "importing the settings made the data folder"
    return done.stdout


@pytest.mark.parametrize("url", ["/connexion/", "/journal/"])
def test_pages_carry_the_browser_protections(url: str, browser: Callable[..., Client]) -> None:
    response = browser(Role.PILOT if url == "/journal/" else None).get(url)
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert "Strict-Transport-Security" not in response


def test_pages_hold_no_inline_script_or_style(browser: Callable[..., Client]) -> None:
    page = browser(Role.ADMIN).get("/politique/").content.decode()
    assert "<style" not in page
    assert " style=" not in page
    assert "onclick" not in page
    assert page.count("<script") == page.count("<script src=")
    assert "https://" not in page.replace("https://api.", "")


def test_https_makes_cookies_secure_and_asks_for_it_for_good(tmp_path: Path) -> None:
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_NAME"]
    told = _settings(tmp_path, names, EGIDE_PUBLIC_URL="https://egide.entreprise.example")
    assert '"SESSION_COOKIE_SECURE": true, "CSRF_COOKIE_SECURE": true' in told
    assert "31536000" in told
    assert "__Host-egide" in told


def test_plain_http_on_one_machine_works_without_secure_cookies(tmp_path: Path) -> None:
    told = _settings(tmp_path, ["SESSION_COOKIE_SECURE", "SECURE_HSTS_SECONDS"])
    assert told.strip() == '{"SESSION_COOKIE_SECURE": false, "SECURE_HSTS_SECONDS": null}'


def test_files_for_the_browser_may_be_kept_for_ever(browser: Callable[..., Client]) -> None:
    from django.templatetags.static import static

    client = browser(None)
    for name in (
        "ui/theme.css",
        "bootstrap/css/bootstrap.min.css",
        "django_htmx/htmx-2.min.js",
        "ui/icon.svg",
    ):
        response = client.get(static(name))
        assert response.status_code == 200, name
        assert "max-age=31536000" in response["Cache-Control"]
        assert b"".join(response).strip()


def test_a_host_name_that_is_not_ours_is_refused(browser: Callable[..., Client]) -> None:
    response = browser(None).get("/connexion/", headers={"host": "rebinding.example"})
    assert response.status_code == 400
