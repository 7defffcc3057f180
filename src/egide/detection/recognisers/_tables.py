"""Fields ("Nom : Petit", ``"nom": "Petit"``) and tables (CSV, Markdown): which cell is which kind.

A heading says what its cells are: more sure than any list of names. Cells are given as (kind, start,
end), trimmed of spaces and quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.view import View

Cell = tuple[str, int, int]

_KINDS: Final = {
    "PERSON": (
        "nom|prenom|prenoms|noms|nom et prenom|nom prenom|prenom nom|nom complet|nom de naissance|"
        "nom d'usage|nom du client|nom marital|salarie|salariee|salaries|salarie.e.|employe|employee|"
        "collaborateur|collaboratrice|contact|patient|patiente|nom du patient|assure|assuree|"
        "beneficiaire|candidat|candidate|locataire|conducteur|chauffeur|gerant|gerante|dirigeant|"
        "titulaire|responsable|interlocuteur|demandeur|demandeuse|destinataire|expediteur|commercial|"
        "technicien|medecin|praticien|eleve|enfant|pere|mere|parent|tuteur|adherent|adherente|membre|"
        "participant|agent|intervenant|apprenti|stagiaire|redacteur|auteur|signataire|representant|"
        "name|first name|last name|firstname|lastname|full name|surname|nom salarie|nom client|"
        "passager|defunt|client nom|mandataire|emprunteur|caution|garant|conjoint|epoux|epouse|"
        "famille|vendeur|acheteur|proprietaire|victime|temoin|declarant|usager|resident|residente|de|"
        "a|cc|from|to|rendez-vous avec|suivi par|referent|nom_naissance|nom_famille|prenom_client|"
        "nom_client|nom_complet|first_name|last_name|full_name|customer_name|assistante|"
        "contact presse|affaire suivie par|a l'attention de|dossier suivi par|livrer a|remis a|"
        "livreur|vendeuse"
    ),
    "ORGANISATION": (
        "societe|entreprise|raison sociale|fournisseur|employeur|organisme|etablissement|prestataire|"
        "denomination|denomination sociale|structure|company|cabinet|association|enseigne|"
        "sous-traitant|concurrent|maitre d'ouvrage|donneur d'ordre|transporteur|banque|raison_sociale|"
        "organisation|supplier|magasin|nom commercial"
    ),
    "MIXED": (
        "client|cliente|tiers|debiteur|creancier|acquereur|bailleur|preneur|partie|compte client|"
        "customer|facture a|adresse a|livre a|pour|emetteur|emis par|libelle client|clients"
    ),
    "ADDRESS": (
        "adresse|adresse postale|adresse de livraison|domicile|lieu d'intervention|siege|siege social|"
        "adresse du chantier|chantier|livraison|address|adresse de facturation|demeurant|"
        "adresse du bien|lieu de livraison"
    ),
    "LOCATION": ("ville|commune|localite|lieu de naissance|city|town|agence|ne a|nee a"),
    "AMOUNT": (
        "montant|montant ht|montant ttc|salaire|salaire brut|salaire net|brut|net|brut mensuel|"
        "brut_mensuel|prime|primes|prix|prix unitaire|pu|pu ht|total|total ht|total ttc|ht|ttc|ca|"
        "ca ht|chiffre d'affaires|solde|debit|credit|loyer|budget|cout|tarif|marge|remuneration|"
        "brut annuel|salaire_brut|net a payer|caution|acompte|reste du|impaye|du|cotisation|"
        "honoraires|salary|amount|price|net_a_payer|montant_ht|montant_ttc|encours|taux horaire|"
        "prix ht|px|prix_ht|charges|depot de garantie|capital|brut mens.|salaire mensuel|mensualite|"
        "avoir|taxe|frais"
    ),
    "DATE_OF_BIRTH": (
        "naissance|date de naissance|ne le|nee le|ne.e. le|ne(e) le|ddn|date_naissance|birth|dob|"
        "birth date|date of birth|birthdate|d. naiss.|date naiss.|date naissance|ne"
    ),
}
_KIND_OF: Final = {name: kind for kind, row in _KINDS.items() for name in row.split("|")}
_SIGN = re.compile(r"[:=] ?(?=[^ :=/\n])")
# Read backwards, since the sign is known and the beginning is not: "latot" behind "total :".
_HEAD = re.compile(r" ??(?:°n)??[ .]*?[\"']??([a-z_.'() -]{0,28}[a-z_])")
_LAST = re.compile(r"[^a-z)]*([a-z]+)")
_ENDS: Final = frozenset(re.findall("[a-z]+", name)[-1][::-1] for name in _KIND_OF)
_LONGEST: Final = 160
"""Of the value of a field, in characters: a text where every word is a heading is read in linear time."""
_WORD = re.compile(r"\w*")
_VALUE_END = re.compile(
    r"[\n;|<>{}\[\]\t]|, ?[\"'a-z_]+[\"']? ?[:=]|[\"'] ?[,)}\n]| {3,}| [-–—/|] |\.(?: |\n|$)| ?\("
)


def kind(heading: str) -> str:
    """What a heading announces: a label, ``MIXED`` (a person or a firm), or nothing."""
    heading = heading.strip(" \"'*_:°\u00a0").replace("(s)", "").replace("·", ".")
    found = _KIND_OF.get(heading)
    if found is None:
        name, bracket, unit = heading.partition("(")
        # "débit (l/h)" is no money, "salaire (€)" is
        found = "" if "/" in unit and bracket else _KIND_OF.get(name.strip(), "")
    return found


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \"'«»*`\u00a0_":
        start += 1
    while end > start and text[end - 1] in " \"'«»*`,\u00a0_":
        end -= 1
    return start, end


def _marks(low: str) -> str:
    """Separators that may make columns in this text: most texts have none."""
    marks = "".join(mark for mark in ";|\t" if mark in low)
    return marks + "," if low.count(",") > low.count(", ") + 1 else marks


def _separator(line: str, marks: str) -> str:
    for mark in marks:
        # ", " is prose, "a,b" a table
        if line.count(mark) >= 2 and not (mark == "," and ", " in line):
            return mark
    return ";" if line.count(";") == 1 and len(line) < 60 else ""


def _pieces(text: str, start: int, end: int, mark: str) -> list[tuple[int, int]]:
    found, at = [], start
    while at <= end:
        stop = text.find(mark, at, end)
        stop = end if stop < 0 else stop
        found.append((at, stop))
        at = stop + 1
    return found


def _columns(view: View) -> Iterator[Cell]:
    """Cells under a heading line, down to the first line of another width."""
    heads: list[str] = []
    mark, marks = "", _marks(view.low)
    for start, end in view.lines if marks else ():
        line = view.low[start:end]
        found = _separator(line, marks)
        if heads and found == mark and mark:
            pieces = _pieces(view.text, start, end, mark)
            if abs(len(pieces) - len(heads)) <= 1:
                for name, (first, last) in zip(heads, pieces, strict=False):
                    if name:
                        first, last = _trim(view.text, first, last)
                        if first < last:
                            yield name, first, last
                continue
        heads = []
        if found:
            names = [kind(cell) for cell in line.split(found)]
            # Two known headings, or one in a line of single words, make a heading line.
            if sum(map(bool, names)) >= 2 or (
                any(names) and len(line) < 70 and not any(c.isdigit() for c in line)
            ):
                heads, mark = names, found


def _fields(view: View) -> Iterator[Cell]:
    for mark in ":=":
        for sign in view.occurrences(mark):
            match = _SIGN.match(view.low, sign)
            name = _name(view.low, sign) if match else ""
            if match and name:
                first, last = _field(view, match.end(), sign)
                if first < last:
                    yield name, first, last


def _name(low: str, sign: int) -> str:
    """What the words before a sign announce."""
    head = low[max(0, sign - 32) : sign].rpartition("\n")[2]
    backwards = head[::-1]
    last = _LAST.match(backwards)
    if last and last[1] not in _ENDS:
        return ""  # most signs stand in sentences, times and addresses of the web
    found = _HEAD.match(backwards)
    if not found:
        return ""
    heading = found[1][::-1]
    return kind(heading.rpartition("- ")[2]) or _last_word(heading)


def _field(view: View, first: int, sign: int) -> tuple[int, int]:
    """The value behind a sign, to the end of its line or to a mark that ends it."""
    low = view.low
    end = low.find("\n", sign, first + _LONGEST)
    if end < 0:
        word = _WORD.match(low, first + _LONGEST)  # the one it would cut in two
        end = word.end() if word else len(low)
    stop = _VALUE_END.search(low, first + (low[first] in "\"'"), end)
    return _trim(view.text, first, stop.start() if stop else end)


def _last_word(heading: str) -> str:
    """The kind of a heading by its last word ("Salaire de base", "le client")."""
    words = heading.split()
    if not words or len(words[-1]) < 3:
        return ""
    name = kind(words[-1])
    return name if name == "AMOUNT" or len(words) < 4 else ""


def cells(view: View) -> list[Cell]:
    """Every cell and field of a known kind; computed once for all recognisers."""
    found = view.__dict__.get("_cells")
    if found is None:
        found = view.__dict__["_cells"] = [*_columns(view), *_fields(view)]
    return found
