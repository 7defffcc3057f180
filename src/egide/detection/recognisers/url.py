"""Web addresses and names of machines: with a scheme, with "www.", or a bare domain ("git.exemple.fr").

The sites that everyone knows are left alone (``_public_sites``), unless a path points at someone.
Source: RFC 3986; IANA, root zone (endings in use in France); RFC 6762 and RFC 8375 for local endings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._public_sites import public
from egide.detection.recognisers._said import words
from egide.detection.view import View

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,20}$")
_REST = re.compile(r"[^\s\"'<>«»`|\\^]+")
_PATH = re.compile(r"(?::[0-9]{2,5})?(?:[/?#][^\s\"'<>«»`|\\^]*)?")
_HOST = re.compile(r"(?:[^/@]*@)?(\[?[a-z0-9._:-]+\]??)(?::[0-9]+)?(?:[/?#]|$)")
_LABELS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-.")
_ENDINGS: Final = words(
    "fr com net org eu io bzh corsica alsace paris info biz dev app cloud shop tech pro coop ai be ch lu "
    "re nc gp mq gf yt pf ",
    "local lan internal intranet intra corp home lab prod example",
)
# In plain text these are endings only behind two names ("srv.exemple.be"): "fini.be" is a slip.
_WEAK: Final = words(
    "be ch lu re nc gp mq gf yt pf ai pro paris info app prod lab home cloud local intra corp dev"
)
_REASON: Final = "Adresse web ou nom de machine."


def _clean(low: str, start: int, end: int) -> int:
    """End without the punctuation of the sentence."""
    while end > start and low[end - 1] in ".,;:!?*_":
        end -= 1
    for opening, closing in ("()", "[]", "{}"):
        if low[end - 1] == closing and opening not in low[start:end]:
            return _clean(low, start, end - 1)
    return end


def _schemes(view: View) -> Iterator[tuple[int, int]]:
    low = view.low
    at = low.find("://")
    while at >= 0:
        scheme = _SCHEME.search(low, max(0, at - 21), at)
        rest = _REST.match(low, at + 3)
        next_ = at + 3
        if rest:
            end = _clean(low, at + 3, rest.end())
            next_ = max(next_, end)
            host = _HOST.match(low[at + 3 : end])
            path = low[at + 3 + host.end(1) : end] if host else low[at + 3 : end]
            named = host is not None and low[at + 3 : at + 3 + host.start(1)] == ""
            if end > at + 3 and not (host and named and public(host[1].partition(":")[0], path)):
                yield scheme.start() if scheme else at, end
        at = low.find("://", next_)


def _bare(view: View) -> Iterator[tuple[int, int]]:
    low = view.low
    at = low.find(".")
    size = len(low)
    while at >= 0:
        next_ = at + 1
        # A dot between two letters, not the end of a sentence.
        if 0 < at < size - 2 and low[next_] != " " and low[next_] != "\n" and low[next_].isalpha():
            start, end = at, next_
            while start and low[start - 1] in _LABELS:
                start -= 1
            while end < size and low[end] in _LABELS:
                end += 1
            span = _domain(view, start, end)
            next_ = end
            if span:
                yield span
        at = low.find(".", next_)


def _domain(view: View, start: int, end: int) -> tuple[int, int] | None:
    low = view.low
    start += len(low[start:end]) - len(low[start:end].lstrip(".-"))
    end = start + len(low[start:end].rstrip(".-"))
    name = low[start:end]
    head, _, ending = name.rpartition(".")
    if ending not in _ENDINGS or ".." in name or not head or low[end : end + 1] in ("_", "("):
        return None
    before = low[start - 1 : start]
    if before in ("@", "_", "/", "\\") or (before.isalnum() and start):
        return None
    path = _PATH.match(low, end)
    stop = _clean(low, end, path.end()) if path else end
    if name.startswith("www."):
        head = head.removeprefix("www.")
    elif not _credible(name, head, ending, stop > end, view.text[start:end]):
        return None
    return None if public(name, low[end:stop]) else (start, stop)


def _credible(name: str, head: str, ending: str, path: bool, written: str) -> bool:
    """A domain rather than a sentence without a space ("fini.Com")."""
    if len(head) < 3 and "." not in head and not path:
        return False
    if ending in _WEAK and "." not in head and not path and "-" not in head:
        return False
    last = written.rpartition(".")[2]
    return last.islower() or written.isupper()


def _search(view: View) -> Iterator[Finding]:
    spans = []
    if "://" in view.low:
        spans = list(_schemes(view))
    if not _ENDINGS.isdisjoint(view.vocabulary):
        spans += [s for s in _bare(view) if not any(a <= s[0] and s[1] <= b for a, b in spans)]
    for start, end in spans:
        yield Finding(start, end, "URL", 0.9, "url", _REASON)


RECOGNISER = Recogniser(
    id="url",
    labels=("URL",),
    source="RFC 3986 ; IANA, zone racine ; RFC 6762",
    search=_search,
    accepted=(
        "⟦www.juste-conseil.fr⟧",
        "Le site est ⟦https://boutique.laine-et-lin.fr⟧.",
        "⟦http://ameli-maj-carte.info/x7⟧ — dossier",
        "⟦melliphonie.io/rdv/nour-s⟧ |",
        "(⟦https://espace.cabinet-lanoe.fr/depot/7fk2-soriano⟧)",
        "⟦git.menuiserie-abiven.fr⟧",
        "⟦peyrelongue1874.com⟧",
        "serveur ⟦sql.verrerie-quiniou.lan⟧",
        "⟦postgresql://app:secret@db.exemple.fr:5432/paie⟧",
        "⟦https://github.com/cabinet-lemaitre/paie.git⟧",
        "⟦HTTPS://WWW.EXEMPLE-SARL.FR/CLIENT?ID=4⟧",
        '<a href="⟦https://intranet.exemple.fr/paie?sess=88fa2⟧">',
        "⟦extranet.maison-roy.be/devis⟧",
    ),
    refused=(
        "Node.js et Vue.js",
        "voir facture.pdf",
        "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000006437044",
        "sur service-public.fr",
        "c'est fini.Demain on reprend",
        "un compte sur github.com",
        "http://localhost:8484",
        "os.path.join et np.io",
        "M. Petit. fr",
    ),
)
