from __future__ import annotations

import copy
import time
from collections.abc import Callable
from importlib import resources
from typing import Any

import pytest

from egide.errors import WorkspaceError
from egide.workspace import setup

setup.start()

from tests.workspace.programmes.conftest import newer  # noqa: E402

from egide.reference.programmes import Programmes, programmes  # noqa: E402
from egide.workspace.programmes.receiving import MOST_BYTES, WrongFormError, received  # noqa: E402

SHIPPED = resources.files("egide.reference").joinpath("programmes.yaml").read_bytes()


def _refusal(content: bytes) -> WorkspaceError:
    started = time.perf_counter()
    with pytest.raises(WorkspaceError) as refused:
        received(content)
    assert time.perf_counter() - started < 20
    return refused.value


def test_a_file_in_the_form_of_ours_is_read_whole() -> None:
    assert received(SHIPPED) == programmes()
    assert received(b"\xef\xbb\xbf" + SHIPPED) == programmes()
    assert Programmes.model_validate_json(received(SHIPPED).model_dump_json()) == programmes()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a: &a [1]\nb: *a\n", "renvois"),
        (b"a: &a 1\n", "renvois"),
        (
            b"a: &a [x,x,x,x,x,x,x,x,x]\n"
            + b"".join(
                f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 9)}]\n".encode()
                for n in range(9)
            ),
            "renvois",
        ),
        (b"a: !!python/object/apply:os.system ['touch /tmp/pwned']\n", "étiquettes"),
        (b"a: !!python/name:os.system\n", "étiquettes"),
        (b"a: !!str 1\n", "étiquettes"),
        (b"a: ! 1\n", "étiquettes"),
        (b"%TAG ! tag:exemple.fr,2026:\n---\na: !x 1\n", "étiquettes"),
        (b"[" * 5_000, "trop profond"),
        (b"{a: " * 5_000, "trop profond"),
        (b"- " * 5_000 + b"a", "trop profond"),
        (b"[" + b"1," * 100_000 + b"1]", "trop long"),
        (b"a: 1\na: 2\n", "deux fois"),
        (b"? [1]\n: 2\n", "deux fois"),
        (b"a: 1\n---\nb: 2\n", "erreur d'écriture"),
        (b"a: [1\n", "erreur d'écriture"),
        (b"a:\tb: c\n\x00", "pas lisible"),
        (b"a: 2026-13-45\n", "pas lisible"),
        (b"a: " + b"9" * 5_000 + b"\n", "pas lisible"),
        (b"\xff\xfe\x00", "UTF-8"),
        ("a: é".encode("latin-1"), "UTF-8"),
        (b"PK\x03\x04 not yaml \x00\x01", "pas lisible"),
    ],
)
def test_what_is_not_plain_yaml_is_refused_before_anything_is_built(content: bytes, said: str) -> None:
    refused = _refusal(content)
    assert refused.code == "EG-6453"
    assert said in refused.message
    assert "le répertoire en vigueur n'a pas changé" in refused.message


def test_a_huge_file_is_refused_unread() -> None:
    assert _refusal(b"a" * (MOST_BYTES + 1)).code == "EG-6452"


@pytest.mark.parametrize("content", [b"", b"# rien\n", b"- 1\n", b"texte\n", b"null\n", b"{}\n", b"12\n"])
def test_what_is_no_directory_at_all_is_refused(content: bytes) -> None:
    assert _refusal(content).code == "EG-6454"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda c: c.update(programmes=[]), "programmes : la liste est vide"),
        (lambda c: c.update(programmes={"a": 1}), "programmes : il faut une liste"),
        (lambda c: c.update(programmes=[1]), "programmes › n° 1 : il faut un bloc de champs"),
        (lambda c: c.update(schema_version=2), "schema_version : cette valeur n'est pas prévue"),
        (lambda c: c["programmes"][1].update(name=12), "programmes › diag-data-ia › name : il faut du texte"),
        (
            lambda c: c["programmes"][1].pop("verified"),
            "programmes › diag-data-ia › verified : ce champ manque",
        ),
        (
            lambda c: c["programmes"][1].update(verified="un peu"),
            "programmes › diag-data-ia › verified : il faut true ou false",
        ),
        (
            lambda c: c["programmes"][1].update(url="javascript:alert(1)"),
            "programmes › diag-data-ia › url : ce texte n'a pas la forme permise",
        ),
        (
            lambda c: c["programmes"][1]["eligibility"].update(min_staff="dix"),
            "programmes › diag-data-ia › eligibility › min_staff : il faut un nombre entier",
        ),
        (
            lambda c: c["programmes"].append(copy.deepcopy(c["programmes"][0])),
            "fichier : les champs se contredisent",
        ),
        (
            lambda c: c["programmes"][0].update(id="propre-1"),
            "un identifiant ne commence pas par « propre- »",
        ),
        (lambda c: c.update({"x" * 300: 1}), "x" * 40 + " : ce champ n'est pas prévu"),
        (lambda c: c.update({7: 1}), ""),
    ],
)
def test_a_wrong_form_is_refused_with_where_and_what(change: Callable[[Any], None], said: str) -> None:
    refused = _refusal(newer(change))
    assert isinstance(refused, WrongFormError)
    assert any(said in problem for problem in refused.problems), refused.problems


def test_many_faults_are_counted_and_the_first_told() -> None:
    def spoil(content: Any) -> None:
        for one in content["programmes"][1:]:
            one["kind"] = "cadeau"

    refused = _refusal(newer(spoil))
    assert isinstance(refused, WrongFormError)
    assert "(défauts trouvés : 43)" in refused.message
    assert len(refused.problems) == 8
