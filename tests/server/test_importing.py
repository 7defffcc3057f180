"""A list of 200,000 lines given to a real server: what a pilot and everybody else see meanwhile."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Mapping
from html import unescape
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from tests.server.conftest import Serve, Served

LINES = 199_999  # with the other list, as many as are allowed
SYLLABLES = "bal cor del fan gri jol kem lus mor nav pol quin rid sov tal ver zan bri clo dru"
PASSWORD = "quatre lampes vertes"
LINES_READ = re.compile(r"([\d\s]+) lignes lues sur 199\s999")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture(scope="module")
def big() -> bytes:
    syllables = SYLLABLES.split()
    size = len(syllables)

    def coined(number: int) -> str:
        return "".join(syllables[number // size**i % size] for i in range(4))

    rows = (f"C{i};Menuiserie {coined(i).title()};Cholet\n" for i in range(LINES))
    return ("Code;Raison sociale;Ville\n" + "".join(rows)).encode()


class Pilot:
    """A browser, after the first link."""

    def __init__(self, served: Served) -> None:
        self.address = served.url.split("/lien/")[0]
        self._opener = build_opener(HTTPCookieProcessor())
        link = next(found[0] for line in served.said if (found := re.search(r"/lien/\S+", line)))
        told = {"company": "Menuiserie", "email": "camille@entreprise.example", "password": PASSWORD}
        self._send(*self.get(link), told)

    def get(self, path: str) -> tuple[str, str]:
        """Where it led, and the page."""
        with self._opener.open(urljoin(self.address, path), timeout=30) as answer:
            return urlsplit(answer.url).path, unescape(answer.read().decode())

    def ask(self, name: str, data: bytes) -> str:
        """Give a file and take the columns as they are guessed: the page that follows."""
        file = SimpleUploadedFile("a.csv", data)
        path, page = self._send(
            *self.get("/listes/importer/"), {"name": name, "kind": "client", "file": file}
        )
        chosen = re.findall(r'<select name="(column_\d)".*?<option value="(\w*)" selected>', page, re.DOTALL)
        return self._send(path, page, {"header": "on", **dict(chosen)})[1]

    def lists(self) -> str:
        return self.get("/listes/")[1]

    def wait_for(self, name: str) -> str:
        """The page, once this list is in force."""
        end = time.monotonic() + 60
        while f"{name}</th>" not in (page := self.lists()):
            assert time.monotonic() < end
            time.sleep(0.1)
        return page

    def _send(self, path: str, page: str, told: Mapping[str, object]) -> tuple[str, str]:
        token = TOKEN.search(page)
        assert token is not None
        body = encode_multipart(BOUNDARY, {"csrfmiddlewaretoken": token[1], **told})
        request = Request(urljoin(self.address, path), body, {"Content-Type": MULTIPART_CONTENT})
        with self._opener.open(request, timeout=30) as answer:
            return urlsplit(answer.url).path, unescape(answer.read().decode())


@pytest.fixture
def pilot(served: Served) -> Pilot:
    return Pilot(served)


@pytest.fixture
def served(serve: Serve) -> Served:
    return serve(EGIDE_NAME_MODEL="false")


@pytest.mark.timeout(600)  # some fifteen seconds, on a machine with nothing else to do
def test_others_are_served_while_a_long_list_is_read(pilot: Pilot, big: bytes) -> None:
    assert re.search("En attente|Import en cours", pilot.ask("Clients 2026", big))
    assert "En attente" in pilot.ask("Fournisseurs", b"Fournisseur\nKervadec\n")
    steps, served, start = set(), [], time.monotonic()
    while "Clients 2026</th>" not in (page := pilot.lists()):
        assert "interrompu" not in page
        steps |= set(LINES_READ.findall(page))
        for path in ("/healthz", "/listes/importer/"):
            asked = time.monotonic()
            pilot.get(path)
            served.append(time.monotonic() - asked)
        time.sleep(0.1)
    # Relative, since the machine may be busy with others: alone, each takes some tens of milliseconds.
    assert max(served) < (time.monotonic() - start) / 4
    assert len(steps) > 3
    page = pilot.wait_for("Fournisseurs")
    assert re.search(r"Clients 2026</th>.*?199\s999", page, re.DOTALL)


def test_a_crash_in_the_middle_leaves_nothing_half_in_force(
    pilot: Pilot, served: Served, serve: Serve, big: bytes
) -> None:
    pilot.ask("Clients 2026", big)
    pilot.ask("Fournisseurs", b"Fournisseur\nKervadec\n")
    while not LINES_READ.search(pilot.lists()):
        time.sleep(0.1)
    served.stop(signal.SIGKILL)
    again = serve(EGIDE_NAME_MODEL="false")
    pilot.address = again.url.split("/lien/")[0]
    page = pilot.lists()
    assert "L'import de « Clients 2026 » a été interrompu." in page
    assert "Égide s'est arrêté avant d'avoir lu toute la liste." in page
    assert "Import interrompu" in page
    assert "Relancer" in page
    assert "Clients 2026</th>" not in pilot.wait_for("Fournisseurs")
