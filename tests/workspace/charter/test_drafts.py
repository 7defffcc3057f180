from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from tests.workspace.charter.conftest import ANSWERS, VALUES, Publish

from egide.errors import WorkspaceError
from egide.workspace.accounts.models import User
from egide.workspace.charter import drafts, procedure
from egide.workspace.charter.content import problems
from egide.workspace.charter.models import CharterVersion
from egide.workspace.charter.proposals import proposals


def test_what_the_company_told_is_proposed(person: Callable[..., User]) -> None:
    person("pilot", name="Julie Référente")
    found = proposals()
    assert found["entreprise"] == "Menuiserie Kervella"
    assert found["outils_autorises"] == "l'Assistant d'Égide, relié à Mistral (small)"
    assert found["usages_libres"] == "Aide à la rédaction"
    assert found["referent_ia"] == "Julie Référente"


def test_an_empty_draft_says_all_that_is_missing(person: Callable[..., User]) -> None:
    person("pilot")
    said = {one.field for one in problems(drafts.draft(), proposals())}
    assert said == {f"var_{name}" for name in VALUES} | {f"answer_{name}" for name in ANSWERS}


def test_a_published_version_holds_its_text_its_file_and_the_rules_in_force(publish: Publish) -> None:
    version = publish("Première version")
    told = version.content
    assert (version.number, told["version"], told["company"]) == (1, 1, "Menuiserie Kervella")
    assert version.intact
    assert bytes(version.pdf).startswith(b"%PDF")
    assert [one["number"] for one in told["articles"]] == list(range(1, 21))
    assert "rh" not in [one["id"] for one in told["articles"]]
    (table,) = told["rules"]["tables"]
    assert table["to"] == "Un service européen sous contrat"
    assert any("coordonnées bancaires" in said for said in table["sentences"])
    assert "{{" not in version.text.replace("{{nom_collaborateur}}", "").replace("{{date_signature}}", "")


def test_a_sentence_about_an_empty_variable_is_left_out(publish: Publish) -> None:
    text = publish().text
    assert "outil de caviardage" not in text
    assert "Suppléant" not in text
    assert 'contourner une mesure de sécurité."' in text, "only the empty part of the list goes"
    more = publish(outil_caviardage="Caviar", usages_interdits_propres="parier")
    assert "J'utilise l'outil de caviardage Caviar." in more.text
    assert "contourner une mesure de sécurité ; parier." in more.text


def test_the_variant_that_the_company_chose_is_printed(publish: Publish) -> None:
    assert "La présente charte est un document d'organisation." in publish().text
    procedure.note(2, {"depot": "2026-01-05", "publicite": "2026-01-05"})
    assert "sanctions prévues par le règlement intérieur" in publish(answers={"sanctions": "A"}).text
    assert "Manquements" not in publish(answers={"sanctions": "non"}).text


def test_an_article_is_left_out_with_a_reason_only(publish: Publish) -> None:
    with pytest.raises(WorkspaceError, match="EG-6414"):
        publish(left_out={"prompts": ""})
    told = publish(left_out={"prompts": "Pas encore de bibliothèque."}).content
    assert "prompts" not in [one["id"] for one in told["articles"]]
    assert told["left_out"] == [{"title": "Prompts types", "reason": "Pas encore de bibliothèque."}]


def test_an_obligatory_article_cannot_be_left_out(publish: Publish) -> None:
    told = publish(left_out={"donnees": "non"}, answers={"formation": "non"}).content
    assert {"donnees", "formation"} <= {one["id"] for one in told["articles"]}


def test_a_published_version_never_changes(publish: Publish, person: Callable[..., User]) -> None:
    version = publish()
    version.text = json.dumps({"articles": []})
    with pytest.raises(TypeError):
        version.save()
    with pytest.raises(TypeError):
        version.delete()
    with pytest.raises(TypeError):
        CharterVersion.objects.filter(pk=version.pk).update(text="{}")
    with pytest.raises(TypeError):
        CharterVersion.objects.all().delete()
    User.objects.filter(role="pilot").delete()
    kept = CharterVersion.objects.get()
    assert (kept.intact, kept.by) == (True, None)


def test_nobody_is_asked_to_sign_the_same_text_again(publish: Publish) -> None:
    publish()
    with pytest.raises(WorkspaceError, match="EG-6416"):
        publish()
    assert publish(relecteurs="la gérante").number == 2


def test_two_pilots_do_not_overwrite_each_other(person: Callable[..., User]) -> None:
    pilot = person("pilot")
    drafts.change({"direction": "Anne"}, {}, {}, 0, pilot)
    with pytest.raises(WorkspaceError, match="EG-6413"):
        drafts.change({"direction": "Paul"}, {}, {}, 0, pilot)
    with pytest.raises(WorkspaceError, match="EG-6413"):
        drafts.publish("", 0, pilot)
    assert drafts.draft().values == {"direction": "Anne"}


@pytest.mark.parametrize("entry", ["9999-12-31", "0001-01-01", "1999-12-31", "2026-02-30", "demain"])
def test_a_date_from_which_no_day_can_be_counted_is_refused(entry: str, publish: Publish) -> None:
    with pytest.raises(WorkspaceError, match="EG-6414"):
        publish(date_entree_vigueur=entry)
    assert not CharterVersion.objects.exists(), "a version never changes: the gateway would never start again"
