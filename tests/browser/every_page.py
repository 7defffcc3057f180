"""Every page of the table of addresses, with rows of every part, read by axe for who may see it."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit

import uvicorn
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, ViewportSize, sync_playwright

from egide.workspace import setup

setup.start()  # models may only be imported once Django is loaded

from tests.workspace.addresses import ASKS, MAY, STAGED  # noqa: E402
from tests.workspace.conftest import PASSWORD, NoExchange  # noqa: E402
from tests.workspace.scene import enter, make_people, make_rows, url_of  # noqa: E402

from egide.policy import Role  # noqa: E402
from egide.workspace import wiring  # noqa: E402
from egide.workspace.accounts.models import User  # noqa: E402
from egide.workspace.asgi import application  # noqa: E402
from egide.workspace.notice import services as notice  # noqa: E402

GRAVE = ("serious", "critical")
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
READ = [(name, rule) for name, method, rule in ASKS if method == "get" and name not in STAGED]
# Who has no second factor yet sees one page that nobody else does; the others are those of Zoé.
ALONE = {"colleague": ["mfa_activate_totp"]}
ALL, EVEN, ODD = slice(None), slice(0, None, 2), slice(1, None, 2)


def faults(chromium: str, people: Sequence[str], pages: slice = ALL) -> list[str]:
    """Serious or critical findings of these pages, for each of these people who may see them, on a desktop
    then on a phone; and pages that are wider than the screen."""
    everybody = make_people(_person)
    rows, found = make_rows(everybody), list[str]()
    sessions = {who: _session(everybody[who]) for who in people if who != "nobody"}
    wiring.wire(NoExchange(), wiring.keyring())
    # From here on this thread belongs to Playwright: the database is read by the server's alone.
    with _serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for who in people:
            with browser.new_context(locale="fr-FR", base_url=address, reduced_motion="reduce") as context:
                if who != "nobody":
                    context.add_cookies([{**sessions[who], "url": address}])
                page = context.new_page()
                seen = [name for name, rule in READ if who in MAY[rule]]
                for name in ALONE.get(who, seen[pages]):
                    found += _faults(page, name, url_of(name, rows), who)
                if who == "nobody":
                    found += _second_factor(page, everybody["zoé"])
        browser.close()
    return found


def _faults(page: Page, name: str, url: str, who: str) -> list[str]:
    try:
        answer = page.goto(url)
    except PlaywrightError as problem:
        if "Download is starting" in problem.message:
            return []
        raise
    if answer is None or answer.status >= 400:
        return [f"{name} ({who}): {answer and answer.status}"]
    # Led to another page, which is read on its own; a part of a page; a file that the browser shows.
    whole = "html" in answer.headers.get("content-type", "") and page.evaluate("document.doctype !== null")
    return _read(page, name, who) if whole and urlsplit(page.url).path == url else []


def _second_factor(page: Page, person: User) -> list[str]:
    page.goto("/connexion/")
    page.locator("input[name=login]").fill(person.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**" + url_of("mfa_authenticate", {}) + "**")
    return _read(page, "mfa_authenticate", "nobody")


def _read(page: Page, name: str, who: str) -> list[str]:
    found = []
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        where = f"{name} ({who}, {size['width']})"
        found += [
            f"{where}: {fault['id']}: {fault['nodes'][0]['html'][:160]}"
            for fault in Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
            if fault["impact"] in GRAVE
        ]
        over = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        found += [f"{where}: {over} pixels too wide"] if over > 0 else []
    return found


def _person(role: Role = Role.COLLABORATOR, email: str = "", **fields: object) -> User:
    made = User.objects.create_user(email or f"{role}@entreprise.example", role, **fields)
    made.set_password(PASSWORD)
    made.save()
    notice.acknowledge(made, notice.version())
    return made


def _session(person: User) -> dict[str, str]:
    client = Client()
    enter(client, person)
    ((name, morsel),) = client.cookies.items()
    return {"name": name, "value": morsel.value}


@contextmanager
def _serving() -> Iterator[str]:
    """The pages on a free port, from a thread."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        config = uvicorn.Config(application, log_level="error", lifespan="off", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])))
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()
