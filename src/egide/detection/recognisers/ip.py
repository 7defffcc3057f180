"""IP addresses, versions 4 and 6, with mask, range or zone; not versions of software or chapters.

Source: RFC 791 and RFC 4291 (text form), RFC 5952; RFC 1918 for private ranges.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._said import before
from egide.detection.view import View

_DOT: Final = r"(?:\.|\[\.\]|\(\.\))"
_V4 = re.compile(
    rf"(?:[0-9]{{1,3}}{_DOT}){{3}}[0-9]{{1,3}}(?:/[0-9]{{1,2}}(?![0-9])|"
    rf"-[0-9]{{1,3}}(?![0-9.-]))?(?!\.?[0-9])(?![a-z])"
)
_HEX: Final = frozenset("0123456789abcdef:.")
_TAIL = re.compile(r"(?:%[a-z0-9]+)?(?:/[0-9]{1,3})?")
_FULL = re.compile(r"(?<![0-9a-z:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![0-9a-z:])")
_CUE = re.compile(
    r"\bip(?:v[46])?\b|adresse|\bhote\b|\bhost|serveur|server|\bdepuis\b|\bping\b|\bssh\b|@$|//$|\bdns\b|"
    r"\bvpn\b|\bfrom\b|passerelle|routeur"
)
_VERSION = re.compile(
    r"version|firmware|release|logiciel|\bbuild\b|\bmaj\b|mise a jour|\bsection\b|chapitre|article|§|"
    r"paragraphe|\bv\.?$|\bclause\b|\bpoint\b|"
    r"\bpatch\b|\bniveau\b|\boid\b|\bdriver|\bpilote\b|annexe|\bchrome/|mozilla/|/$"
)
_REASON: Final = "Adresse IP."


def _v4(view: View) -> Iterator[Finding]:
    low, past = view.low, -1
    runs = view.runs
    dotted = runs.dotted
    for sign in ("[.]", "(.)"):
        if sign[0] in low and sign in low:
            dotted = [*dotted, *runs.followed(sign[0])]
    for start, end in dotted:
        if start < past or end - start > 3:
            continue
        if start and (
            low[start - 1].isalnum() or (low[start - 1] in "._" and low[start - 2 : start - 1].isalnum())
        ):
            continue
        match = _V4.match(low, start)
        if match:
            past = match.end()
            if _address(view, match):
                yield Finding(*match.span(), "IP", 0.95, "ip", _REASON)


def _address(view: View, match: re.Match[str]) -> bool:
    octets = [int(part) for part in re.findall("[0-9]+", match.group())[:4]]
    if max(octets) > 255:
        return False
    context = before(view, match.start(), 28)
    if _CUE.search(context):
        return True
    # Without a cue: chapters and versions have small numbers.
    return not _VERSION.search(context) and (max(octets) > 31 or octets[0] == 10)


def _v6(view: View) -> Iterator[Finding]:
    low = view.low
    at, past = low.find("::"), -1
    while at >= 0:
        start, end = at, at + 2
        while start and low[start - 1] in _HEX:
            start -= 1
        while end < len(low) and low[end] in _HEX:
            end += 1
        while end > at + 2 and low[end - 1] in ".:":
            end -= 1
        if (
            start >= past
            and not low[start - 1 : start].isalnum()
            and not low[end : end + 1].isalnum()
            and _valid(low[start:end])
        ):
            tail = _TAIL.match(low, end)
            past = tail.end() if tail else end
            yield Finding(start, past, "IP", 0.95, "ip", _REASON)
        at = low.find("::", at + 2)
    at = low.find(":")
    while at >= 0:
        if ":" not in low[at + 1 : at + 6]:
            at = low.find(":", at + 1)
            continue
        match = _FULL.search(low, max(0, at - 5), at + 41)
        if match:
            yield Finding(*match.span(), "IP", 0.95, "ip", _REASON)
        at = low.find(":", match.end() if match else at + 1)


def _valid(value: str) -> bool:
    try:
        address = ipaddress.IPv6Address(value)
    except ValueError:
        return False
    return len(value) > 4 and not address.is_unspecified and any(map(str.isdigit, value))


def _search(view: View) -> Iterator[Finding]:
    yield from _v4(view)
    if view.low.count(":") > 1:
        yield from _v6(view)


RECOGNISER = Recogniser(
    id="ip",
    labels=("IP",),
    source="RFC 791, RFC 4291, RFC 5952",
    search=_search,
    accepted=(
        "ip ⟦67.149.195.143⟧",
        "hôte ⟦2.79.142.198⟧",
        "depuis ⟦2a01:e0a:9498:3215::5e1f⟧",
        "AllowedIPs = ⟦10.66.0.0/24⟧",
        "caméras ⟦192.168.8.40-47⟧",
        "ssh root@⟦10.24.8.17⟧",
        "⟦fe80::a1b2:44ff:fe0c:9%eth0⟧",
        "⟦2001:db8:0:1:1:1:1:1⟧",
        "l'IP ⟦192[.]168[.]1[.]10⟧",
        "ip ⟦1.2.3.4⟧.",
        "http://⟦172.20.4.31⟧:8080/",
    ),
    refused=(
        "firmware 2.4.18.1",
        "version 10.15.7.2",
        "voir 1.2.3.4 ci-dessous",
        "v2.4.18.99",
        "300.12.14.15",
        "std::vector",
        "à 12:30:45",
        "1.35.03.59.812.131",
        "chapitre 3.1.45.2",
    ),
    needs_digit=True,
)
