"""Length of an IBAN by country. Source: SWIFT, IBAN Registry (ISO 13616-1), release 99."""

from __future__ import annotations

from typing import Final

_ROWS: Final = """
15 no
16 be
18 dk fk fi fo gl nl sd
19 mk si
20 at ba ee kz lt lu mn xk
21 ch hr li lv
22 bg bh cr de gb ge ie me rs va
23 ae gi il iq om so tl
24 ad cz es md pk ro sa se sk tn vg
25 ly pt st
26 is tr
27 bi dj fr gr it mc mr sm ye
28 al az by cy do gt hu lb ni pl sv
29 br eg ps qa ua
30 jo kw mu
31 mt sc
32 lc
33 ru
24 mg
27 gf gp mq re pm yt nc pf tf wf bl mf
"""
LENGTHS: Final = {
    country: int(size)
    for size, *countries in map(str.split, _ROWS.strip().splitlines())
    for country in countries
} | {
    "mg": 27,
    "ma": 28,
    "dz": 26,
    "sn": 28,
    "ci": 28,
    "bj": 28,
    "bf": 28,
    "ml": 28,
    "tg": 28,
    "ne": 28,
    "cm": 27,
    "ga": 27,
    "cg": 27,
    "td": 27,
    "cf": 27,
    "gq": 27,
    "gw": 25,
    "km": 27,
    "cv": 25,
    "mz": 25,
    "ao": 25,
    "ir": 26,
    "hn": 28,
}
