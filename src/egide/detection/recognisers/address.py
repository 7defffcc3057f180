"""Postal addresses, as one span over line breaks: number, street, postcode, town, CEDEX, country.

Source: AFNOR NF Z 10-011 (six lines of the French postal address); La Poste, Hexaposte (postcodes);
usual foreign forms (house number after the street, British postcode).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._lexicon import Flag
from egide.detection.recognisers._said import words
from egide.detection.recognisers._tables import cells
from egide.detection.recognisers._tokens import Tokens, tokens
from egide.detection.recognisers._towns import town_end
from egide.detection.view import View

_REASON = "Adresse postale."
_NUMBER = re.compile(
    r"(?<![0-9a-z/-])(?:n° ?)?[0-9]{1,4}(?: ?(?:bis|ter|quater|"
    r"[a-d])\b)?(?: ?[-/] ?[0-9]{1,4}(?: ?(?:bis|ter|[a-d])\b)?)?,? ?(?:,|, )?$"
)
_WORDS = re.compile(r"\s*[^\W_][^\n,;:()|\t\"«»<>]{1,60}")
# It begins with a set of characters, so that the search looks no further at the others.
_STOP = re.compile(
    r"[ .!?0-9](?:(?<= )(?:(?:a|au|aux|est|et|pour|avec|dont|qui|que|ou|je|il|elle|on|nous|c'est|tel|"
    r"tél|entre|entree|entrée|code|sur|par|"
    r"le [0-9]|depuis|vers|chez|portail|demander|sis|sise|afin|mais|ainsi|pas|loyer|ref|siret|"
    r"siren|rcs)\b|[–—|-] (?![0-9]{5})|\(| )|"
    r"(?<=[.!?])(?:\s|$)|(?<=[0-9])[0-9][ .][0-9]{2}[ .])"
)
_POSTCODE = re.compile(
    r"[ ,\n\t–—-]*(?:(?:b\.?p\.?|cs|tsa) ?[0-9 ]{1,7}[ ,\n–—-]*)?(?:[a-z]-|"
    r"[a-z]{1,2}- ?)?(?P<code>[0-9]{2} ?[0-9]{3}|[0-9]{4})(?![0-9])[ ,]*"
)
_EXTRA = re.compile(
    r"[ ,\n]*(?:(?:bat(?:iment)?|appt?|appartement|etage|esc(?:alier)?|residence|res|hall|lot|"
    r"porte|cedex|zone|z\.?a|za|zi)\.? [^\n,;]{1,30}|(?:b\.?p\.?|cs) ?[0-9 ]{2,7})[ ,\n]+"
)
_CEDEX = re.compile(r" ?cedex(?: [0-9]{1,2})?")
# A hamlet or a residence written with capitals just before the postcode.
_PLACE = re.compile(
    r"(?:^|[^\w.])([A-ZÉÈ][\w'’-]*(?: (?:de|du|des|la|le|les|d['’]\w+|l['’]\w+|"
    r"[A-ZÉÈ0-9][\w'’-]*))*)(?:, ?| [–—-] )$"
)
_MARK = re.compile(r"(?: ?,| [–—-] )[\w'’ -]*")  # read backwards: the mark, and what a name may hold
_COUNTRY = re.compile(
    r",? ?\(?(?:france|belgique|suisse|luxembourg|maroc|allemagne|espagne|italie|portugal)\b\)?"
)
_FOREIGN = re.compile(
    r"(?:\b[0-9]{1,4}[a-d]?,? [a-z]+(?: [a-z]+)? (?:street|road|lane|drive|avenue|st|rd|ave|way|close|"
    r"court)\b|\bunit [0-9]{1,4},? [a-z ]+,?|"
    r"\b[a-z]+(?:strasse|straße|gasse|weg|platz|laan|straat) [0-9]{1,4}\b|\b(?:calle|via|rua|"
    r"plaza|avenida|piazza) [a-z ]{2,30},? ?[0-9]{1,4}\b)"
    r"(?:,? [a-z ]{0,30},? ?(?:[a-z]{1,2}[0-9][0-9a-z]? ?[0-9][a-z]{2}\b|[0-9]{4,5}(?: [a-z]{2,20})?))?"
)
_SUFFIXES = ("strasse", "straße", "laan", "weg")
_ABROAD = words("street road lane drive calle via rua unit avenue plaza")
_BOX = re.compile(r"\b(?:b\.?p\.?|cs|tsa) ?[0-9]{2,3} ?[0-9]{0,3}\b")
_DIGITS = frozenset("0123456789")
_CODE = re.compile(r"[ –—-]+[0-9]{5}\b")
_LINK = re.compile(r",? ?(?:a|,|-|–|—|sur)? ?")
# Streets by themselves, and words that are a street only with a number or a town.
_SURE = words("rue avenue boulevard impasse allee chemin quai faubourg bd av")
_WEAK = words("cours all port pont mail parc zone place pl passage route cour vieux ancienne terrasse")
_ARTICLES = words("de du des d la")
_CODES = re.compile(r"(?<![0-9a-z.,/+-])(?:[a-z]-)?[0-9]{2} ?[0-9]{3}(?![0-9])[ ]{1,2}(?=[^\W\d_])")


def _street_end(view: View, start: int) -> int:
    """End of the street's name from its first word, on its line."""
    match = _WORDS.match(view.low, start)
    end = match.end() if match else start
    stop = _STOP.search(view.low, start, end)
    end = stop.start() if stop else end
    code = None if _DIGITS.isdisjoint(view.low[start:end]) else _CODE.search(view.low, start, end)
    return code.start() if code else end


def _tail(view: View, t: Tokens, end: int) -> int:
    """End of the address when a postcode and a town follow ``end``; else ``end``."""
    for _ in range(2):
        extra = _EXTRA.match(view.low, end)
        if not extra or extra.end() - end > 50:
            break
        end_extra = extra.end()
        if not _POSTCODE.match(view.low, end_extra):
            break
        end = end_extra
    code = _POSTCODE.match(view.low, end)
    if not code or view.low.count("\n", end, code.end()) > 2:
        return _bare_town(view, t, end)
    town = town_end(view, t, code.end(), loose=len(code.group("code")) > 4)
    if town < 0:
        return code.end("code") if len(code.group("code")) == 5 and code.start("code") - end < 5 else end
    cedex = _CEDEX.match(view.low, town)
    town = cedex.end() if cedex else town
    country = _COUNTRY.match(view.low, town)
    return country.end() if country else town


def _bare_town(view: View, t: Tokens, end: int) -> int:
    """ "impasse des lilas a montelimar", "rue des Capucins à Brest": the town without a postcode."""
    link = _LINK.match(view.low, end)
    if link and link.end() > end:
        town = town_end(view, t, link.end(), loose=False)
        if town > 0:
            return town
    return end


def _streets(view: View, t: Tokens) -> Iterator[tuple[int, int]]:
    past = -1
    coded = bool(view.runs.sized(5) or view.runs.sized(3))
    for i in t.having(Flag.STREET):
        start = t.start[i]
        if start < past:
            continue
        head = view.low[max(0, start - 24) : start]
        if not coded and _DIGITS.isdisjoint(head) and not any(t.shape[i + 1 : i + 3]):
            continue
        number = None if _DIGITS.isdisjoint(head[-9:]) else _NUMBER.search(head)
        span = _street(view, t, i, start - len(head) + number.start() if number else -1)
        if span:
            past = span[1]
            yield span


def _street(view: View, t: Tokens, i: int, number: int) -> tuple[int, int] | None:
    """The address around the street's word ``i``, whose number begins at ``number`` (-1: none)."""
    start, word = t.start[i], t.word[i]
    end = _street_end(view, start)
    tail = _tail(view, t, end)
    named = bool(view.low[t.end[i] : end].strip())
    if number >= 0:
        if not named:
            return None
    elif not (tail > end and named) and not (
        word in _SURE and any(t.start[k] < end and t.capital[k] for k in range(i + 1, min(i + 5, t.size)))
    ):
        return None
    following = i + 1 < t.size and (t.capital[i + 1] or t.word[i + 1] in _ARTICLES)
    if word in _WEAK and tail == end and not (number >= 0 and following):
        return None
    return (number if number >= 0 else start), tail


def _codes(view: View, t: Tokens) -> Iterator[tuple[int, int]]:
    """ "61000 Alençon", with what stands before it on the line ("Le Petit Bois, 61000 Alençon")."""
    runs = view.runs
    split = set(runs.sized(3))
    pairs = [run for run in runs.sized(2) if (run[1] + 1, run[1] + 4) in split] if split else []
    for digits, stop in (*runs.sized(5), *pairs):
        match = _CODES.match(
            view.low, max(digits - 2, 0) if view.low[digits - 2 : digits] in ("f-", "d-") else digits
        )
        if not match:
            continue
        town = town_end(view, t, match.end(), loose=stop - digits == 5 and _cell(view, digits))
        if town < 0:
            continue
        cedex = _CEDEX.match(view.low, town)
        yield _place_before(view, digits), cedex.end() if cedex else town


def _abroad(view: View) -> Iterator[tuple[int, int]]:
    """Foreign streets, around the words that tell them."""
    low = view.low
    places = [at for word in _ABROAD & view.vocabulary for at, _ in view.places(word)]
    for suffix in _SUFFIXES:
        places += view.occurrences(suffix) if suffix in low else []
    for at in places:
        for match in _FOREIGN.finditer(low, max(0, at - 40), at + 110):
            yield match.span()


def _boxes(view: View) -> Iterator[tuple[int, int]]:
    """ "BP 40", "CS 12345"."""
    for name in ("bp", "cs", "tsa"):
        for at, _ in view.places(name):
            match = _BOX.match(view.low, at)
            if match:
                yield match.span()


def _cell(view: View, start: int) -> bool:
    """A value begins there: the line, or what follows a comma, a dash."""
    head = view.low[max(0, start - 3) : start]
    return not head or head[-1] == "\n" or head.strip(" ")[-1:] in (",", "-", "–", "—", "\n", "")


def _place_before(view: View, start: int) -> int:
    line = view.low.rfind("\n", 0, start) + 1
    head = view.text[line:start]
    mark = _MARK.match(head[::-1])
    if not mark:
        return start
    # No name goes further back than the last sign that none holds.
    match = _PLACE.search(head, max(0, len(head) - mark.end() - 1))
    return line + match.start(1) if match else start


def _search(view: View) -> Iterator[Finding]:
    t = tokens(view)
    spans = list(_streets(view, t))
    if view.digits:
        spans += [*_codes(view, t), *_abroad(view), *_boxes(view)]
    for kind, start, end in cells(view):
        if (
            kind == "ADDRESS"
            and end - start > 5
            and not _DIGITS.isdisjoint(view.low[start:end])
            and " " in view.low[start:end].strip()
        ):
            spans.append((start, end))
    past = -1
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if end <= past:
            continue
        past = end
        yield Finding(start, end, "ADDRESS", 0.85, "address", _REASON)


RECOGNISER = Recogniser(
    id="address",
    labels=("ADDRESS",),
    source="AFNOR NF Z 10-011 ; La Poste, base Hexaposte",
    search=_search,
    accepted=(
        "Siège : ⟦14 route du Moulin Blanc, 29800 Landerneau⟧",
        "suite a la visite au ⟦23 rue de la clef 59800 lille⟧ je vous confirme",
        "⟦5b rue des Tanneurs\n67000 Strasbourg⟧",
        "livraison ⟦Le Petit Bois, 61000 Alençon⟧",
        "⟦9, quai de la Fosse – 44000 Nantes⟧",
        "He lives at ⟦221B Baker Street, London NW1 6XE⟧",
        "l'appartement du ⟦41 boulevard Marcel-Pourtout, 92500 Rueil-Malmaison⟧ est vide",
    ),
    refused=(
        "la rue est barrée, prenez la route",
        "il y a 12 places de parking",
        "au cours de la réunion, 3 passages sont prévus",
        "commande 45120 pièces",
    ),
)
