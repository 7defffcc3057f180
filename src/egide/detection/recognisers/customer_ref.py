"""Numbers of a person or a firm in someone's books: client, adhérent, allocataire, abonné, matricule, badge.

Source: code du travail, article R3243-1 (payslip, matricule); code de la sécurité sociale (allocataire);
usage of offices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._references import found, headed, nouns, references
from egide.detection.recognisers._said import words
from egide.detection.view import View

_NOUNS: Final = words(
    "adherent adherente allocataire societaire abonne abonnee matricule matr badge licencie licenciee "
    "ipp iep nip rcu customer member",
    "matricules apiculteur immatriculation_msa cotisant affilie",
)
_WEAK: Final = words(
    "client cliente clients assure assuree locataire tiers fournisseur frs associe associee mutuelle "
    "patient patiente beneficiaire membre",
    "usager eleve etudiant salarie salariee employee donateur compte candidat licence urssaf caf edf engie",
)
_ALL: Final = nouns(_NOUNS, _WEAK)
_HEADINGS = re.compile(
    r"(?:n° ?|num(?:ero)? ?|no ?|code ?|id ?|ref\.? ?)?(?:de |d')?(?:client|adherent|allocataire|"
    r"matricule|matr\.?|abonne|badge|licence|patient|iep|ipp|fournisseur|tiers)"
    r"(?:[ _]?(?:id|n°|code))?|customer_id|client_id|user_id|employee_id"
)
_TABLE: Final = words(
    "client adherent allocataire matricule matr abonne badge licence patient iep ipp fournisseur tiers "
    "compte customer id code identifiant"
)
_REASON: Final = "Numéro de client, d'adhérent ou de salarié d'après le contexte."


def _search(view: View) -> Iterator[Finding]:
    yield from found(references(view, _ALL), "CUSTOMER_REF", "customer_ref", _REASON)
    if not _TABLE.isdisjoint(view.vocabulary):
        yield from found(headed(view, _HEADINGS), "CUSTOMER_REF", "customer_ref", _REASON)


RECOGNISER = Recogniser(
    id="customer_ref",
    labels=("CUSTOMER_REF",),
    source="Code du travail, article R3243-1 ; code de la sécurité sociale",
    search=_search,
    accepted=(
        "client ⟦C-77190⟧, demande",
        "mon n° de client (⟦77120334⟧) et",
        "numero d'adherent ⟦AD-40771⟧.",
        "mon n° adhérent c'est ⟦7734 0912 B⟧, que",
        "Numéro d'allocataire ⟦3 418 276 K⟧.",
        "Matricule : ⟦10448⟧",
        "Matr. ⟦00047⟧",
        "badge ⟦0088127⟧ VERNIER",
        '"matricule": "⟦EMP-20931⟧"',
        "n° client ⟦1.884120.7⟧, ligne",
        "Réf locataire : ⟦L/0044187/02⟧",
        "mutuelle n° ⟦0044-81-776⟧",
        "nom;matricule\nPetit;⟦S-0093⟧",
        "client ⟦TE-330871⟧",
        "merci de débiter le compte ⟦77120334⟧ de Mme Roy",
        "passer l'écriture sur le compte ⟦0044188702⟧",
    ),
    refused=(
        "un client de 45 ans",
        "3 clients sur 4",
        "le client 2 arrive à 14 h",
        "clients du 12/03/2024",
        "patient de 3 ans vu le 14/02",
        "compte 2024 clos",
        "on passe l'écriture au compte 607100",
        "salarié depuis 2019",
    ),
    needs_digit=True,
)
