"""References of contracts, invoices, orders, quotes, policies, parcels, containers, EORI numbers.

Source: code de commerce, article L441-9 (invoice); ISO 6346 (containers, check digit); règlement (UE)
n° 952/2013 (EORI); usage of offices.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._references import found, headed, nouns, numbered, references
from egide.detection.recognisers._said import words
from egide.detection.view import View

_NOUNS: Final = words(
    "facture factures fact contrat contrats commande commandes cde devis police polices avenant proforma "
    "invoice invoices quote order",
    "bail convention conteneur container resa reservation booking abonnement rum ref refs reference "
    "references colis cmr bl bc po lrar",
    "cpi endtoendid soumission adhesion consultation bordereau proforma mandat ndf virement lv bdc",
)
_WEAK: Final = words(
    "bon avoir pret marche offre offer proposition intervention remise cheque lettre licence echeance "
    "palette piece brevet expedition ordre",
    "professionnelle transaction autorisation engagement recommande fact permis mission echange tirer "
    "lot_client avis "
    "immatriculation_contrat auto",
)
_ALL: Final = nouns(_NOUNS, _WEAK)
_HEADINGS = re.compile(
    r"(?:n° ?|num(?:ero)? ?|no ?)?(?:de |d')?(?:ref\.?|reference|refs?|facture|commande|contrat|devis|"
    r"piece|police|commande_id|order|invoice|bl|bon|cde|n° ?facture|"
    r"numero_contrat|n_facture|num_facture|ref_contrat|carte pro|id_commande|order_id|invoice_id)(?: "
    r"(?:facture|commande|contrat|client|dossier))?"
)
_TABLE: Final = words(
    "ref reference facture commande contrat devis piece police order invoice bl bon cde refs pro"
)
_CONTAINER = re.compile(r"(?<![a-z0-9])[a-z]{3}[ujz] ?[0-9]{3} ?[0-9]{3} ?-?[0-9](?![a-z0-9])")
_CATEGORIES: Final = frozenset("ujz")  # the fourth letter of a container's owner code
_EORI = re.compile(r"(?<![a-z0-9])[a-z]{2} ?[0-9a-z]{8,15}(?![a-z0-9])")
_VALUES: Final[dict[str, int]] = dict(
    zip(
        "0123456789abcdefghijklmnopqrstuvwxyz",
        [*range(11), *range(12, 22), *range(23, 33), *range(34, 39)],
        strict=True,
    )
)
_REASON: Final = "Référence de contrat, facture, commande ou expédition d'après le contexte."


def container_key(code: str) -> int:
    """Check digit of the first ten characters of a container's number (ISO 6346)."""
    total: int = sum(_VALUES[c] * (1 << place) for place, c in enumerate(code[:10]))
    return total % 11 % 10


def _containers(view: View) -> Iterator[Finding]:
    low = view.low
    for start, _ in view.runs.sized(3, 6, 7):
        mark = low[start - 1] if start > 3 else ""
        spaced = mark == " " and start > 4
        if (low[start - 2] if spaced else mark) not in _CATEGORIES:
            continue
        match = _CONTAINER.match(low, start - 5 if spaced else start - 4)
        code = re.sub("[ -]", "", match.group()) if match else ""
        if match and container_key(code) == int(code[10]):
            reason = "Numéro de conteneur : forme et clé exactes."
            yield Finding(*match.span(), "CONTRACT_REF", 0.95, "contract_ref", reason)


def _search(view: View) -> Iterator[Finding]:
    yield from found(references(view, _ALL), "CONTRACT_REF", "contract_ref", _REASON)
    yield from _containers(view)
    if not _TABLE.isdisjoint(view.vocabulary):
        yield from found(headed(view, _HEADINGS), "CONTRACT_REF", "contract_ref", _REASON)
    if "n°" in view.low:
        yield from found(numbered(view), "CONTRACT_REF", "contract_ref", "Référence derrière « n° ».")
    for _, end in view.places("eori"):
        match = _EORI.search(view.low, end, end + 28)
        if match and sum(map(str.isdigit, match.group())) > 6:
            yield Finding(
                *match.span(),
                "CONTRACT_REF",
                0.9,
                "contract_ref",
                "Numéro EORI (douane) d'après le contexte.",
            )


RECOGNISER = Recogniser(
    id="contract_ref",
    labels=("CONTRACT_REF",),
    source="Code de commerce, article L441-9 ; ISO 6346 ; règlement (UE) n° 952/2013",
    search=_search,
    accepted=(
        "la facture ⟦2025-1187⟧ était à régler",
        "bon de commande ⟦bc 4471⟧ et quel",
        "devis ⟦D25-309⟧.",
        "contrat ⟦FLO 77120045⟧, franchise",
        "commande N°⟦88-4410⟧",
        "container ⟦TGHU 552 1180 4⟧ is delayed",
        "EORI ⟦FR45662079800011⟧, TVA",
        "Contrat d'entretien ⟦LF/EN/88213⟧.",
        "DEVIS N°⟦2024/11-0092⟧ valable",
        "contrat flotte n° ⟦AF 0098 7715⟧",
        "police ⟦77.410.228/C⟧",
        "Réf. contrat : ⟦MRP 0091 4456⟧",
        "contrat ⟦MP 4471 902 B⟧ – sinistre",
        "enregistrée sous le n° ⟦2024/118842⟧ par",
        "invoices ⟦VM-2207⟧ to ⟦VM-2231⟧ are",
        "Référence à rappeler : ⟦SIN/2024/PRO/55081⟧",
        "N/Réf. : ⟦2024/1187/PQ/ml⟧",
        "LRAR n° ⟦1A 188 402 7735 1⟧",
        "le contrat de sous-traitance ⟦ST-2024-12⟧ est",
        "Bon de travail ⟦BT-778102⟧",
        "PO number ⟦PO-88-4417⟧",
        "ref;client\n⟦FA-881⟧;Petit\n⟦FA-894⟧;Roy",
        '"contrat": {"numero": "⟦HAB-7719024-B⟧"',
    ),
    refused=(
        "la facture du 12 mars 2024",
        "facture de 1 250 €",
        "un contrat de 3 ans signé en 2024",
        "le devis 2024 est prêt",
        "commande 12 cartons",
        "bon pour accord",
        "l'offre de 2025",
        "lot 5567812",
        "série A77-0021",
        "facturé le 02/02/2024",
        "contrat régi par la loi n° 89-462",
        "le marché du 14e arrondissement",
        "ISO 27001:2022",
        "permis B depuis 2019",
        "commande le 12/03",
        "le décret n° 82-1030 et la loi n° 2004-575",
        "pièce n° 4",
        "un rosier en conteneur 4 L",
        "devis : 4 500 €",
        "référence;désignation;stock\n3300412;Cahier 96 pages;148",
        "Référence constructeur 83EM00HJFR",
        "le règlement CE n° 561/2006",
        "Cass. soc., 3 août 2022, n° 21-11.386",
    ),
    needs_digit=True,
)
