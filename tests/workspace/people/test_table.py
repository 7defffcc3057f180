from __future__ import annotations

from collections.abc import Callable

import pytest

from egide.errors import WorkspaceError
from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.people import table
from egide.workspace.people.table import read, text_of

WHOLE = "courriel;nom;rôle;service\r\nzoe@entreprise.example;Zoé Lefèvre;pilote;Élagage\r\n"


@pytest.fixture
def admin(person: Callable[..., User]) -> User:
    return person(Role.ADMIN)


@pytest.fixture
def pilot(person: Callable[..., User]) -> User:
    return person(Role.PILOT)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_every_way_that_a_french_spreadsheet_writes(
    encoding: str, separator: str, end: str, admin: User
) -> None:
    written = WHOLE.replace(";", separator).replace("\r\n", end).encode(encoding)
    (line,) = read(text_of(written), admin)
    assert (line.email, line.name, line.department) == ("zoe@entreprise.example", "Zoé Lefèvre", "Élagage")
    assert (line.role, line.problems) == (Role.PILOT, ())


def test_first_name_apart_quotes_and_spaces(admin: User) -> None:
    text = 'Nom;Prénom;E-mail;Autre\n"Le Goff; dit\xa0Jo";Ève;  EVE@Entreprise.example ;x\n\n;;;\n'
    (line,) = read(text, admin)
    assert (line.name, line.email, line.problems) == ("Ève Le Goff; dit Jo", "eve@entreprise.example", ())


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (";Luc;;", "l'adresse manque"),
        ("luc;Luc;;", "n'a pas la forme"),
        ("luc@x.example\u200b;Luc;;", "illisible"),
        (f"{'l' * 64}@{'x' * 200}.example;Luc;;", "l'adresse est trop longue"),
        (f"luc@x.example;{'L' * 121};;", "le nom est trop long"),
        (f"luc@x.example;Luc;;{'s' * 81}", "le service est trop long"),
        ("luc@x.example;Luc;chef;", "n'est ni collaborateur"),
        ("luc@x.example;Luc;;;de trop", "plus de cases"),
        ("luc@x.example;L\ufffdc;;", "illisible"),
        ("admin@entreprise.example;Luc;;", "a déjà un accès"),
    ],
)
def test_what_is_wrong_is_said_beside_its_line(row: str, said: str, admin: User) -> None:
    right, wrong = read(f"{WHOLE}{row}\r\n", admin)
    assert right.problems == ()
    assert wrong.number == 3
    assert said in " ; ".join(wrong.problems)


def test_the_same_address_twice_whatever_its_case(admin: User) -> None:
    first, second = read("email\nluc@x.example\nLUC@x.example\n", admin)
    assert first.problems == ()
    assert second.problems == ("cette adresse est déjà plus haut dans le tableau",)


def test_a_pilot_imports_collaborators_only(pilot: User) -> None:
    (line,) = read(WHOLE, pilot)
    assert line.problems == ("seul un administrateur donne ce rôle",)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "courriel;nom",
        "nom;service\nLuc;Accueil",
        "courriel;email\na@x.example;b@x.example",
        "zoe@entreprise.example;Zoé\nluc@entreprise.example;Luc",
        'courriel\n"' + "a" * 140_000,
        "courriel\n" + "a@x.example\n" * (table.MOST_LINES + 1),
        "x" * (table.MOST_BYTES + 1),
    ],
)
def test_what_is_no_table_of_people_is_refused_whole(text: str, admin: User) -> None:
    with pytest.raises(WorkspaceError, match="EG-6535"):
        read(text, admin)


@pytest.mark.parametrize("data", [b"PK\x03\x04\x00\x00", b"\xff\xfe\x00", b"courriel\x00"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(WorkspaceError, match="EG-6535"):
        text_of(data)
