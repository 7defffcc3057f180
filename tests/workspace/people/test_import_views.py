from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from egide.policy import Role
from egide.workspace.accounts.models import User

GOOD = "courriel;nom;rôle;service\nzoe@x.example;Zoé Lefèvre;;Accueil\nluc@x.example;Luc <b>;;\n"
MIXED = f"{GOOD}pas-une-adresse;Ève;;\n"


@pytest.fixture
def client(browser: Callable[..., Client]) -> Client:
    return browser(Role.PILOT)


def _look(client: Client, text: str) -> Any:
    told = SimpleUploadedFile("gens.csv", text.encode("cp1252"))
    return client.post("/personnes/importer/", {"file": told})


def _kept(response: Any) -> str:
    found = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", response.content.decode(), re.DOTALL)
    assert found is not None
    return unescape(found[1])


def _made() -> set[str]:
    return set(User.objects.filter(email__endswith="@x.example").values_list("email", flat=True))


def test_everybody_comes_in_with_their_own_link(client: Client) -> None:
    look = _look(client, GOOD)
    assert "Lignes prêtes : 2" in unescape(look.content.decode())
    assert "Luc &lt;b&gt;" in look.content.decode()
    assert _made() == set()
    done = client.post("/personnes/importer/creer/", {"text": _kept(look)})
    assert "no-store" in done["Cache-Control"]
    links = re.findall(r'value="(http[^"]+/lien/[^"]+)"', done.content.decode())
    assert len(set(links)) == 2
    assert User.objects.get(email="zoe@x.example").department == "Accueil"
    assert {user.role for user in User.objects.filter(email__endswith="@x.example")} == {"collaborator"}
    entered = Client().post(urlsplit(links[0]).path, {"password": "quatre lampes vertes"})
    assert entered.status_code == 302


def test_nobody_is_created_while_a_line_is_wrong_unless_it_is_left_out(client: Client) -> None:
    look = _look(client, MIXED)
    assert "pas la forme attendue" in unescape(look.content.decode())
    refused = client.post("/personnes/importer/creer/", {"text": _kept(look)})
    assert "Personne n'a été créé" in unescape(refused.content.decode())
    assert _made() == set()
    done = client.post("/personnes/importer/creer/", {"text": _kept(look), "skip": "on"})
    assert "Lignes laissées de côté : 1." in unescape(done.content.decode())
    assert _made() == {"zoe@x.example", "luc@x.example"}


def test_sending_twice_creates_once(client: Client) -> None:
    client.post("/personnes/importer/creer/", {"text": GOOD, "skip": "on"})
    again = client.post("/personnes/importer/creer/", {"text": GOOD, "skip": "on"})
    assert "a déjà un accès" in unescape(again.content.decode())
    assert "/lien/" not in again.content.decode()
    assert len(_made()) == 2


def test_a_forged_second_step_is_checked_as_the_first(client: Client) -> None:
    forged = "courriel;rôle\nchef@x.example;admin\n"
    client.post("/personnes/importer/creer/", {"text": forged, "skip": "on"})
    refused = client.post("/personnes/importer/creer/", {"text": "n'importe quoi"})
    assert "ne se lit pas" in unescape(refused.content.decode())
    assert _made() == set()


def test_what_is_no_table_is_told(client: Client) -> None:
    for text in ("", "rien\n1\n"):
        assert "ne se lit pas" in unescape(_look(client, text).content.decode())


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_example_shown_can_be_imported_as_it_is(client: Client, language: str) -> None:
    client.cookies["egide-language"] = language
    page = client.get("/personnes/importer/").content.decode()
    example = re.search(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)
    assert example is not None
    response = _look(client, unescape(example[1]))
    assert (response.context["right"], response.context["wrong"]) == (1, 0)
    (line,) = response.context["lines"]
    assert (line.name, line.role) == ("Julie Petit", Role.COLLABORATOR)
    assert line.department


def test_roles_are_read_in_english(browser: Callable[..., Client]) -> None:
    text = "email;full name;role\na@x.example;A;Lead\nb@x.example;B;Administrator\nc@x.example;C;staff\n"
    lines = _look(browser(Role.ADMIN), text).context["lines"]
    assert [line.role for line in lines] == [Role.PILOT, Role.ADMIN, Role.COLLABORATOR]
