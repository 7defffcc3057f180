from __future__ import annotations

import pytest

from egide.detection import Detector, view
from egide.detection.recogniser import discover

RULES = Detector(discover())


def hidden(text: str) -> list[str]:
    return [text[finding.start : finding.end] for finding in RULES.detect(text)]


def left(text: str) -> str:
    for finding in reversed(RULES.detect(text)):
        text = f"{text[: finding.start]}…{text[finding.end :]}"
    return text


@pytest.mark.parametrize(
    ("text", "again"),
    [
        ("J'ai vu Mme Kerbrat hier. Puis kerbrat a rappelé.", "kerbrat"),
        ("Bonjour Gaëtan Prouvost, voici le devis. Le four de Prouvost est prêt.", "Prouvost"),
        ("Le dossier de M. Lefèvre est complet. LEFEVRE doit signer ce soir.", "LEFEVRE"),
        ("M. Ouadah est arrivé. La demande d'Ouadah est acceptée.", "Ouadah"),
        ("Mme Castagnac habite en face. Les Castagnac sont partis.", "Castagnac"),
        ("Contrat signé par Solenn Abgrall.\nS.A. confirme la date.", "S.A."),
        ("La SARL Arvalia livre demain. Je rappelle arvalia ce soir.", "arvalia"),
    ],
)
def test_another_mention_of_a_name_is_hidden_too(text: str, again: str) -> None:
    assert again not in left(text)


def test_a_mention_before_the_sure_one_is_hidden() -> None:
    text = "kerbrat a encore appelé.\nC'est bien Monsieur Kerbrat, de Landerneau."
    assert "kerbrat" not in left(text).lower()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("M. Petit demande un petit délai.", "petit délai"),
        ("Mme Blanc voudrait le coffre blanc.", "coffre blanc"),
        ("M. Marchand est un marchand de biens.", "un marchand de biens"),
        ("Mme Juste trouve cela juste.", "cela juste"),
        ("Monsieur Boulanger vend du pain. Un boulanger cuit la nuit.", "Un boulanger cuit"),
    ],
)
def test_an_everyday_word_that_is_also_a_name_stays(text: str, kept: str) -> None:
    assert kept in left(text)


def test_an_ambiguous_surname_with_a_capital_is_followed() -> None:
    assert (
        left("M. Petit a signé. Je dois rappeler Petit demain.") == "M. … a signé. Je dois rappeler … demain."
    )


def test_a_value_said_twice_is_hidden_twice() -> None:
    text = "Le prix est de 1 296,00 € HT. J'ai bien dit 1 296,00 € HT."
    assert len(hidden(text)) == 2


def test_a_street_named_like_the_person_is_not_taken_for_them() -> None:
    assert "rue Kerbrat" in left(
        "M. Kerbrat est là. Le bus passe rue Kerbrat et tourne."
    ) or "rue" not in left("M. Kerbrat est là. Le bus passe rue Kerbrat et tourne.")


def test_nothing_found_gives_no_mention() -> None:
    assert hidden("Rédige une réponse polie à un client mécontent.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Le prix est de 1 296,00 € HT. J'ai bien dit 1 296,00 € HT, et non 11 296,00 € HT.",
        "Dossier FA-2026-118 ouvert. Le dossier FA-2026-118 suit ; xFA-2026-118 et FA-2026-1189 sont autres.",
        "M. Kerbrat (kerbrat@exemple.fr) écrit. kerbrat@exemple.fr ! 06 39 98 10 57, 06 39 98 10 57.",
    ],
)
def test_a_long_text_is_followed_as_a_short_one(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    short = hidden(text)
    monkeypatch.setattr(view, "_LONG", 0)
    assert hidden(text) == short
