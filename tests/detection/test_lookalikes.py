from __future__ import annotations

import pytest

from egide.detection.labels import LABELS
from egide.detection.recogniser import discover
from egide.detection.view import View

# What looks like an identifier and is none: nobody's data, to be left in clear by every rule of form.
LOOKALIKES = """
EAN 3760012345670
ISBN 978-2-253-00611-1
ISBN 2-07-036822-8
ISBN 0-306-40615-2
ISSN 0395-2037
GTIN 03760012345670
code-barres 3 760012 345670
article 1240 du code civil
article L. 1232-1 du code du travail
articles R123-220 à R123-234
loi n° 78-17 du 6 janvier 1978
loi n° 2004-575 du 21 juin 2004
décret n° 82-1030
ordonnance n° 2016-131
règlement (UE) 2016/679
directive 2006/112/CE
arrêt n° 22-12.345
norme NF EN 1090-2
ISO 27001:2022
ISO/IEC 7812-1
NAF 5610C
code APE 6201Z
code SH 6109 10
nomenclature 8471 30 00
code postal 69003
cerfa n° 12156*05
convention collective IDCC 1486
dimensions 60 x 40 x 30
2400 x 1200 x 18 mm
lot 5567812
lot n° 24-0911-B
série A77-0021
modèle XR-450
vis M8x40 zinguée
roulement 6204-2RS
pneus 205/55 R16 91V
câble 3G1,5 mm²
firmware 2.4.18.1
version 10.15.7
Python 3.11.7 et Django 5.2
Chrome/126.0.6478.127
Node.js et ASP.NET
1 000 000 de pixels
447 000 000 d'habitants
12 345 678 lignes
3,14159265358979
taux 3,2 %
+12 % sur un an
10-12-2024 14:30
le 02/02/2024 à 10 h 30
du 01/02 au 05/03/2024
2024-11-05T08:13:31
semaines 01 à 52
de 8h30 à 12h00
GPS 45.7640, 4.8357
1234 5678 9012 3456 (exemple)
4444 4444 4444 4444
0000 0000 0000 0000
le 15, le 18, le 112, le 3919
page 12 sur 345
chapitre 3.1.4.2
§ 4.2.1.10
score de 3-0, 6-4 6-2
std::vector et a::b
mot de passe : 12 caractères au moins
le mot de passe est obligatoire
les mots clés du rapport 2024
un code promo ETE2024
le code de la route
PASSWORD=${DB_PASSWORD}
ssh -p 2222
la facture du 12 mars
un devis de 3 pages
un contrat de 3 ans
le dossier de 30 pages
3 clients sur 4
une commande de 12 palettes
température de 21,5 °C
H2O, CO2, CH4
groupe sanguin
vol AF1234
A4, A3 et B5
norme RJ45
Windows 11 et Office 365
Peugeot 308 et Renault R5
boulevard du 8 mai 1945
formule =SOMME(A1:B12)
#FF8800 et #00aa11
{"qte": 12, "page": 3}
| 1 | 2 | 3 |
""".strip().splitlines()

# Other rules may speak here (an amount, a place): only those found by form are asked.
OTHERS = {"PERSON", "ADDRESS", "LOCATION", "ORGANISATION", "DATE_OF_BIRTH", "AMOUNT", "CONFIDENTIAL_MARK"}
OURS = {
    name
    for name, label in LABELS.items()
    if label.data_class not in ("health", "special_category", "criminal")
}
OURS -= OTHERS
RECOGNISERS = [recogniser for recogniser in discover() if not OURS.isdisjoint(recogniser.labels)]


@pytest.mark.parametrize("text", LOOKALIKES)
def test_lookalikes_are_left_alone(text: str) -> None:
    found = [(r.id, text[f.start : f.end]) for r in RECOGNISERS for f in r.find(View(text))]
    assert found == []


@pytest.mark.parametrize("text", LOOKALIKES)
def test_lookalikes_are_left_alone_inside_a_sentence(text: str) -> None:
    sentence = f"Pouvez-vous vérifier ce point : {text}, puis me répondre ?"
    found = [(r.id, sentence[f.start : f.end]) for r in RECOGNISERS for f in r.find(View(sentence))]
    assert found == []
