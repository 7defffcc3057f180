from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.test import Client

from egide.policy import Role
from egide.workspace.providers import services
from egide.workspace.providers.models import Provider

FORM = {
    "name": "Mistral",
    "kind": "openai",
    "base_url": "https://api.mistral.ai/v1/",
    "trust": "european",
    "api_key": "cle-tres-secrete",
    "names": "petit\n\ngrand\npetit",
}


@pytest.fixture
def service() -> Iterator[str]:
    """A service with two models, on the loopback."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            fine = self.headers["authorization"] == "Bearer cle-tres-secrete"
            self.send_response(200 if fine else 401)
            self.end_headers()
            self.wfile.write(json.dumps({"data": [{"id": "petit"}, {"id": "grand"}]}).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_provider_is_added_and_its_key_never_shown(browser: Callable[..., Client]) -> None:
    client = browser(Role.PILOT)
    assert client.post("/fournisseurs/ajouter/", FORM).status_code == 302
    (provider,) = services.in_force()
    assert provider.api_key == "cle-tres-secrete"
    assert provider.models == ("petit", "grand")
    assert provider.base_url == "https://api.mistral.ai/v1"
    for url in ("/fournisseurs/", "/fournisseurs/mistral/"):
        assert "cle-tres-secrete" not in client.get(url).content.decode()


@pytest.mark.parametrize(
    "wrong", [{"base_url": "http://api.mistral.ai/v1"}, {"name": ""}, {"trust": "totale"}]
)
def test_a_wrong_answer_is_explained_beside_its_field(
    wrong: dict[str, str], browser: Callable[..., Client]
) -> None:
    response = browser(Role.PILOT).post("/fournisseurs/ajouter/", {**FORM, **wrong})
    page = response.content.decode()
    assert response.status_code == 200
    assert f'id="id_{next(iter(wrong))}_error"' in page or f"id_{next(iter(wrong))}" in page
    assert "invalid-feedback" in page
    assert "cle-tres-secrete" not in page
    assert not Provider.objects.exists()


def test_changing_without_writing_the_key_keeps_it(browser: Callable[..., Client]) -> None:
    client = browser(Role.PILOT)
    client.post("/fournisseurs/ajouter/", FORM)
    client.post("/fournisseurs/mistral/", {**FORM, "trust": "public", "api_key": ""})
    (provider,) = services.in_force()
    assert (provider.trust, provider.api_key) == ("public", "cle-tres-secrete")


def test_a_kept_key_is_never_sent_to_a_new_address(browser: Callable[..., Client]) -> None:
    client = browser(Role.PILOT)
    client.post("/fournisseurs/ajouter/", FORM)
    moved = {**FORM, "base_url": "https://voleur.example/v1", "api_key": ""}
    response = client.post("/fournisseurs/mistral/", moved)
    assert "écrivez de nouveau la clé" in response.content.decode()
    (provider,) = services.in_force()
    assert provider.base_url == "https://api.mistral.ai/v1"
    client.post("/fournisseurs/mistral/", {**moved, "api_key": "autre-cle"})
    (provider,) = services.in_force()
    assert (provider.base_url, provider.api_key) == ("https://voleur.example/v1", "autre-cle")


@pytest.mark.parametrize("htmx", [True, False])
def test_the_test_button_really_asks_the_service(
    htmx: bool, service: str, browser: Callable[..., Client]
) -> None:
    services.add_provider("Maison", "openai", service, "local", "cle-tres-secrete")
    headers = {"hx-request": "true"} if htmx else {}
    page = browser(Role.PILOT).post("/fournisseurs/maison/tester/", headers=headers).content.decode()
    assert "Ce service répond" in page
    assert 'value="petit"' in page
    assert ("<html" in page) is not htmx


def test_the_test_button_says_that_the_key_is_refused(service: str, browser: Callable[..., Client]) -> None:
    services.add_provider("Maison", "openai", service, "local", "mauvaise")
    page = browser(Role.PILOT).post("/fournisseurs/maison/tester/").content.decode()
    assert "refuse la clé" in page


def test_found_models_are_chosen_in_one_click(browser: Callable[..., Client]) -> None:
    services.add_provider("Maison", "openai", "http://127.0.0.1:1", "local")
    browser(Role.PILOT).post("/fournisseurs/maison/modeles/", {"model": ["petit", "grand"]})
    assert services.in_force()[0].models == ("petit", "grand")


def test_a_provider_is_switched_off_and_deleted(browser: Callable[..., Client]) -> None:
    services.add_provider("Maison", "openai", "http://127.0.0.1:1", "local")
    client = browser(Role.PILOT)
    client.post("/fournisseurs/maison/activer/")
    assert services.in_force() == ()
    assert "Désactivé" in client.get("/fournisseurs/").content.decode()
    client.post("/fournisseurs/maison/supprimer/")
    assert not Provider.objects.exists()
