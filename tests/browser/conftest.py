"""Chromium, and a real Égide in front of a loopback provider. In CI their absence fails, never skips.

Set ``TEST_PICTURES`` to a folder to look at the screenshots.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from tests.loopbacks import running_loopback
from tests.prepared import prepare

from egide.gateway.loopback import Loopback

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
WIDTHS = [pytest.param(DESKTOP, id="desktop"), pytest.param(PHONE, id="phone")]
PASSWORD = "quatre lampes vertes"
EMAIL = "camille@entreprise.example"
HERE = Path(__file__).parent
EGIDE = [sys.executable, "-m", "egide.cli"]

expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is needed: apt install chromium")
        pytest.skip("Chromium is not installed")
    return found


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield launched
        launched.close()


# Where a phone is used in its own way. Every page is read at a phone's width by ``test_every_page_*``.
ON_A_PHONE = {"test_assistant.py", "test_charter.py", "test_language.py", "test_main_job.py", "test_mail.py"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """One width is enough for what goes the same way on both: a server and a browser are costly to start."""
    own = [one for one in items if one.path.parent == HERE and one.path.name not in ON_A_PHONE]
    left = {one for one in own if "[phone" in one.name or "-phone" in one.name}
    items[:] = [one for one in items if one not in left]
    config.hook.pytest_deselected(items=list(left))
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(params=WIDTHS)
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A fresh browser profile, on a desktop then on a phone, in French."""
    phone = request.param is PHONE
    # Without animations: in the middle of one, a colour is neither that before nor that after.
    made = browser.new_context(
        viewport=request.param, locale="fr-FR", has_touch=phone, is_mobile=phone, reduced_motion="reduce"
    )
    made.grant_permissions(["clipboard-read", "clipboard-write"])
    made.set_default_timeout(15_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page whose script errors and refused resources fail the test."""
    opened, problems = context.new_page(), []
    opened.on("pageerror", lambda error: problems.append(f"script: {error}"))
    opened.on("console", lambda message: problems.append(message.text) if _is_refusal(message.text) else None)
    yield opened
    assert problems == []


def _is_refusal(text: str) -> bool:
    return "Content Security Policy" in text and "Note that" not in text


@dataclass(frozen=True, slots=True)
class Egide:
    """A running server, and the link for its first administrator."""

    address: str
    first_link: str
    data: Path


@pytest.fixture(scope="module")
def loopback() -> Iterator[Loopback]:
    """A provider that answers with what it was sent, on an event loop of its own."""
    with running_loopback() as echo:
        yield echo


@pytest.fixture
def provider(loopback: Loopback) -> Iterator[Loopback]:
    """The provider, well behaved at the beginning and at the end of each test."""
    loopback.received.clear()
    yield loopback
    loopback.fault, loopback.status, loopback.pause = None, 200, 0.0


@pytest.fixture(scope="module")
def egide(loopback: Loopback, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Egide]:
    """A server that the tests of a module share."""
    with _serving(loopback, tmp_path_factory.mktemp("egide")) as served:
        yield served


@pytest.fixture
def fresh(loopback: Loopback, tmp_path: Path) -> Iterator[Egide]:
    """A server where nobody came yet."""
    with _serving(loopback, tmp_path) as served:
        yield served


@pytest.fixture
def demonstration(tmp_path: Path) -> Iterator[Egide]:
    """``egide demo``: the example company and the real local model."""
    with _running("demo", tmp_path) as served:
        yield served


@contextmanager
def _serving(provider: Loopback, folder: Path) -> Iterator[Egide]:
    """``egide serve`` on a folder where nothing was done yet, with the provider added by the command line."""
    prepare(folder)
    adding = ["provider", "add", "--name", "Service d'essai", "--kind", "openai", "--trust", "public"]
    adding += ["--base-url", provider.openai_url, "--model", "echo-1"]
    subprocess.run([*EGIDE, *adding], env=_environment(folder), check=True, capture_output=True, timeout=60)
    with _running("serve", folder) as served:
        yield served


@contextmanager
def _running(command: str, folder: Path) -> Iterator[Egide]:
    """This command of Égide on a free port, until the end of the test."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started = [*EGIDE, command, "--port", str(port)]
    with subprocess.Popen(started, env=_environment(folder), stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        link = _first_link(server.stderr)
        # Nobody else reads what it says from now on: a full pipe would stop it.
        draining = threading.Thread(target=server.stderr.read)
        draining.start()
        yield Egide(f"http://127.0.0.1:{port}", link, folder)
        server.terminate()
        draining.join()


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "EGIDE_DATA_DIR": str(folder)}


def _first_link(said: IO[str]) -> str:
    heard = ""
    while "Ctrl-C" not in heard:
        line = said.readline()
        assert line, f"the server stopped: {heard}"
        heard += line
    link = re.search(r"http://\S+/lien/\S+", heard)
    assert link is not None, heard
    return link.group()


def enter(page: Page, egide: Egide) -> None:
    """Follow the first link and create the administrator, as a newcomer does."""
    page.goto(egide.first_link)
    page.get_by_label("Nom de l'entreprise").fill("Menuiserie Kervella")
    page.get_by_label("Votre adresse électronique").fill(EMAIL)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Entrer dans Égide").click()
    page.get_by_role("button", name="J'ai lu cette information").click()
    later, arrived = (
        page.get_by_role("button", name="Plus tard"),
        page.get_by_role("heading", name="Assistant", level=1),
    )
    expect(later.or_(arrived)).to_be_visible()
    if later.is_visible():  # not in the demonstration, whose company is known
        later.click()
        expect(page.get_by_role("heading", name="Premiers pas", level=1)).to_be_visible()
        page.goto(f"{egide.address}/assistant/")
    expect(arrived).to_be_visible()


@pytest.fixture
def newcomer(page: Page, fresh: Egide) -> None:
    """The page of the Assistant, just after the administrator was created."""
    enter(page, fresh)


@pytest.fixture
def two_people(page: Page, fresh: Egide, newcomer: None) -> Callable[[str], None]:
    """Go on as the administrator, or as a collaborator who was just invited."""
    sessions = {"pilot": page.context.cookies()}
    adding = ["user", "add", "--email", "zoe@entreprise.example", "--role", "collaborator"]
    done = subprocess.run(
        [*EGIDE, *adding], env=_environment(fresh.data), check=True, capture_output=True, text=True
    )
    link = re.search(r"/lien/\S+", done.stdout)
    assert link is not None
    page.context.clear_cookies()
    page.goto(fresh.address + link.group())
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name=re.compile("Entrer|Enregistrer|Choisir")).click()
    page.get_by_role("button", name="J'ai lu cette information").click()
    expect(page.get_by_role("heading", name="Assistant", level=1)).to_be_visible()
    sessions["collaborator"] = page.context.cookies()

    def go_on_as(who: str) -> None:
        page.context.clear_cookies()
        page.context.add_cookies(sessions[who])  # type: ignore[arg-type]

    return go_on_as


@pytest.fixture
def visitor(page: Page, demonstration: Egide) -> None:
    """The page of the Assistant of the demonstration."""
    enter(page, demonstration)


@pytest.fixture(scope="module")
def cookies(browser: Browser, egide: Egide) -> list[Any]:
    """The session of the administrator of the shared server."""
    with browser.new_context(locale="fr-FR") as context:
        enter(context.new_page(), egide)
        return list(context.cookies())


@pytest.fixture
def assistant(page: Page, egide: Egide, cookies: list[Any]) -> None:
    """The page of the Assistant, on the shared server."""
    page.context.add_cookies(cookies)
    page.goto(f"{egide.address}/assistant/")


@pytest.fixture
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where screenshots go."""
    chosen = os.environ.get("TEST_PICTURES")
    folder = Path(chosen) if chosen else tmp_path_factory.mktemp("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def look(page: Page, pictures: Path, request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Take a picture of the page, and refuse serious accessibility faults and sideways scrolling."""

    def check(name: str) -> None:
        width = request.node.callspec.id
        page.screenshot(path=pictures / f"{request.node.originalname}-{width}-{name}.png", full_page=True)
        found = Axe().run(page).response["violations"]
        serious = [
            (fault["id"], [node["html"][:200] for node in fault["nodes"]])
            for fault in found
            if fault["impact"] in ("serious", "critical")
        ]
        assert serious == [], serious
        overflow = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        assert overflow <= 0, f"{overflow} pixels to the right of the screen"

    return check
