from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.gateway.networking import authority

from egide.policy import Network, Role
from egide.policy.limits import Price
from egide.reference.providers import plans, presets
from egide.workspace.limits import services as limits
from egide.workspace.providers import replacements, services
from egide.workspace.providers.models import Provider, Replacement

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
    "wrong", [{"base_url": "http://api.mistral.ai/v1"}, {"name": ""}, {"trust": "totale"}, {"trust": "local"}]
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


def _field(page: str, name: str) -> str:
    """The value of a field of the page, as a browser would send it."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', page)
    return found[1] if found else ""


def test_a_preset_fills_the_form_and_tells_what_is_known(browser: Callable[..., Client]) -> None:
    client = browser(Role.PILOT)
    choices = client.get("/fournisseurs/ajouter/").content.decode()
    assert all(f'href="?service={name}"' in choices for name in presets())
    page = client.get("/fournisseurs/ajouter/?service=mistral-eu").content.decode()
    assert _field(page, "base_url") == "https://api.eu.mistral.ai/v1"
    assert re.search(r'value="public"[^>]*checked', page)
    assert "à vérifier" in page
    for source in plans().sources.values():
        if source.title in page:
            assert f'href="{source.url}"' in page
    assert "2026-08-11" in page
    made = client.post(
        "/fournisseurs/ajouter/?service=mistral-eu", {**FORM, "base_url": "https://api.eu.mistral.ai/v1"}
    )
    assert made.status_code == 302
    assert "Ce qui est connu de Mistral AI" in client.get("/fournisseurs/mistral/").content.decode()


@pytest.mark.parametrize(("days", "warned"), [(0, False), (1, True)])
def test_what_is_known_is_said_to_be_old_once_it_is(
    days: int, warned: bool, browser: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    today = plans().review_by + timedelta(days=days)
    monkeypatch.setattr("egide.workspace.providers.views.timezone.localdate", lambda: today)
    page = browser(Role.PILOT).get("/fournisseurs/ajouter/?service=openai").content.decode()
    assert ("devaient être relues avant" in page) is warned


def test_a_service_that_wants_a_key_is_not_added_without_one(browser: Callable[..., Client]) -> None:
    client = browser(Role.PILOT)
    for preset, added in (("scaleway", False), ("ovhcloud", True)):
        client.post(f"/fournisseurs/ajouter/?service={preset}", {**FORM, "name": preset, "api_key": ""})
        assert Provider.objects.filter(slug=preset).exists() is added


def test_an_azure_service_is_added_from_its_preset(browser: Callable[..., Client]) -> None:
    client = browser(Role.PILOT)
    page = client.get("/fournisseurs/ajouter/?service=azure").content.decode()
    assert "NOM-DE-VOTRE-RESSOURCE" in page
    assert "Rien n&#x27;a été lu" in page or "Rien n'a été lu" in page
    version = _field(page, "api_version")
    azure = {
        "name": "Azure",
        "base_url": "https://nous.openai.azure.com",
        "names": "mon-grand",
        "trust": "contract",
    }
    network = {"auth": "api-key", "deployments": "on", "api_version": version}
    client.post("/fournisseurs/ajouter/?service=azure", {**FORM, **azure, **network})
    (provider,) = services.in_force()
    assert (provider.network.auth, provider.network.deployments) == ("api-key", True)
    assert provider.network.api_version == version != ""


def test_the_way_to_a_service_is_kept_and_its_secrets_never_shown(
    browser: Callable[..., Client], tmp_path: Path
) -> None:
    client, pem = browser(Role.PILOT), authority(tmp_path).pem
    way = {
        "proxy": "http://proxy.lan:3128",
        "proxy_login": "moi:mot-secret",
        "authority": pem,
        "read_seconds": "300",
    }
    client.post("/fournisseurs/ajouter/?service=autre", {**FORM, **way})
    (provider,) = services.in_force()
    assert provider.network == Network(
        proxy="http://proxy.lan:3128", proxy_login="moi:mot-secret", authority=pem, read_seconds=300
    )
    page = client.get("/fournisseurs/mistral/").content.decode()
    assert "mot-secret" not in page
    assert "CN=Autorité de la maison" in page
    kept = {**FORM, **way, "api_key": "", "proxy_login": "", "authority": pem}
    client.post("/fournisseurs/mistral/", {**kept, "read_seconds": "60"})
    (provider,) = services.in_force()
    assert (provider.network.proxy_login, provider.api_key) == ("moi:mot-secret", "cle-tres-secrete")
    assert provider.network.read_seconds == 60


@pytest.mark.parametrize("change", ["proxy", "authority"])
def test_a_kept_key_is_never_sent_another_way(
    change: str, browser: Callable[..., Client], tmp_path: Path
) -> None:
    client = browser(Role.PILOT)
    client.post("/fournisseurs/ajouter/?service=autre", FORM)
    other = {"proxy": "http://proxy.lan:3128", "authority": authority(tmp_path).pem}[change]
    moved = {**FORM, change: other, "api_key": ""}
    assert "écrivez de nouveau la clé" in client.post("/fournisseurs/mistral/", moved).content.decode()
    assert services.in_force()[0].network == Network()
    client.post("/fournisseurs/mistral/", {**moved, "api_key": "autre-cle"})
    assert services.in_force()[0].api_key == "autre-cle"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("proxy", "http://moi:mot@proxy.lan:1"),
        ("authority", "bonjour"),
        ("api_version", "1&x=2"),
        ("read_seconds", "0"),
        ("proxy_login", "sans-deux-points"),
    ],
)
def test_a_wrong_way_is_explained_beside_its_field(
    field: str, value: str, browser: Callable[..., Client]
) -> None:
    page = (
        browser(Role.PILOT)
        .post("/fournisseurs/ajouter/?service=autre", {**FORM, field: value})
        .content.decode()
    )
    assert f'id="id_{field}_error"' in page
    assert '<details class="eg-fold mb-3" open>' in page
    assert not Provider.objects.exists()


def test_prices_are_written_and_shown(browser: Callable[..., Client]) -> None:
    client = browser(Role.PILOT)
    client.post("/fournisseurs/ajouter/?service=autre", FORM)
    written = {"in-0": "0,40", "out-0": "2", "in-1": "", "out-1": ""}
    assert client.post("/fournisseurs/mistral/prix/", written).status_code == 302
    assert limits.prices() == {("mistral", "petit"): Price(Decimal("0.4"), Decimal(2))}
    assert _field(client.get("/fournisseurs/mistral/prix/").content.decode(), "in-0") in ("0,40", "0,4")


def test_the_order_is_changed_by_two_buttons(browser: Callable[..., Client]) -> None:
    client = browser(Role.PILOT)
    for name in ("Un", "Deux"):
        services.add_provider(name, "openai", "http://127.0.0.1:1", "local")
    page = client.get("/fournisseurs/").content.decode()
    assert "/fournisseurs/un/monter/" not in page
    assert "/fournisseurs/deux/descendre/" not in page
    assert client.post("/fournisseurs/deux/monter/").url.endswith("#p-deux")
    assert [provider.id for provider in services.in_force()] == ["deux", "un"]


def test_a_replacement_is_declared_and_taken_back(browser: Callable[..., Client]) -> None:
    client = browser(Role.PILOT)
    services.add_provider("Un", "openai", "https://un.example/v1", "european", models=["grand"])
    services.add_provider("Deux", "openai", "https://deux.example/v1", "public", models=["large"])
    asked = {"asked": "un/grand", "other": "deux/large"}
    assert "moins digne de confiance" in client.post("/fournisseurs/remplacements/", asked).content.decode()
    assert not Replacement.objects.exists()
    assert client.post("/fournisseurs/remplacements/", {**asked, "less_trusted": "on"}).status_code == 302
    page = client.get("/fournisseurs/remplacements/").content.decode()
    assert "confiance moindre, acceptée" in page
    address = f"/fournisseurs/remplacements/{Replacement.objects.get().pk}/retirer/"
    assert browser(Role.COLLABORATOR).post(address).status_code == 403
    assert browser(None).post(address).status_code == 302
    assert Replacement.objects.exists()
    assert client.get(address).status_code == 405
    client.post(address)
    assert not Replacement.objects.exists()


def test_forged_choices_are_refused(browser: Callable[..., Client]) -> None:
    services.add_provider("Un", "openai", "https://un.example/v1", "european", models=["grand"])
    for asked in ({"asked": "un/grand", "other": "ailleurs/x"}, {"asked": "", "other": ""}, {}):
        assert browser(Role.PILOT).post("/fournisseurs/remplacements/", asked).status_code == 200
    assert not Replacement.objects.exists()


@pytest.mark.parametrize("url", ["/fournisseurs/", "/fournisseurs/remplacements/"])
def test_the_number_of_queries_does_not_grow(url: str, browser: Callable[..., Client]) -> None:
    client = browser(Role.PILOT)

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        return len(asked)

    made = [
        services.add_provider(f"n{i}", "openai", "https://a.example/v1", "public", models=["m"])
        for i in (0, 1)
    ]
    replacements.add(made[0], "m", made[1], "m")
    few = count()
    for number in range(2, 20):
        other = services.add_provider(f"n{number}", "openai", "https://a.example/v1", "public", models=["m"])
        replacements.add(made[0], "m", other, "m")
    assert count() == few
