"""A firm by its shape alone: capitals in a row inside a sentence, or under a signature.

"Signer Parquets Berry", "Castaldi Réceptions" on the line under a name. Source: French typography
gives no capital to plain words inside a sentence (Imprimerie nationale, Lexique, "Majuscules").
"""

from __future__ import annotations

from collections.abc import Iterator

from egide.detection.finding import Finding
from egide.detection.recogniser import Recogniser
from egide.detection.recognisers._context import eponym, street
from egide.detection.recognisers._firms import JOINS, firm_end
from egide.detection.recognisers._lexicon import Flag
from egide.detection.recognisers._tokens import INITIAL, LOWER, TITLE, Tokens, tokens
from egide.detection.view import View

_REASON = "Suite de mots à majuscule qui ressemble à un nom d'entreprise."
_NOT = Flag.NEVER | Flag.TITLE | Flag.GREETING | Flag.GIVEN_STRONG | Flag.OPENER
_NEITHER = _NOT & ~Flag.GIVEN_STRONG
_NAMED = Flag.GIVEN | Flag.SURNAME
_BESIDE = frozenset({" (", "\n"})
_THINGS = frozenset(["le", "les", "un", "une", "des", "the", "l", "article", "code", "format", "type"])
_KNOWN = Flag.COMMON | Flag.NEVER | Flag.BIG_TOWN | Flag.GIVEN_STRONG


def _row(t: Tokens, i: int) -> int:
    """End of the row of capitals that begins at word ``i``, or -1 when it is no firm."""
    end = firm_end(t, i)
    if "et" in t.word[i:end]:
        return -1  # two things side by side, rather
    upright = [k for k in range(i, end) if t.shape[k] != LOWER]
    if len(upright) < 2 or any(t.flags[k] & _NOT & ~Flag.OPENER for k in upright) or t.shape[i] == INITIAL:
        return -1
    if not any(not t.flags[k] & _KNOWN for k in upright) or t.flags[i] & Flag.STREET:
        return -1
    return end


def _inside_sentence(t: Tokens, i: int) -> bool:
    """Word ``i`` has a capital that its place in the sentence does not ask for."""
    if not t.joined[i] or eponym(t, i) or street(t, i):
        return False
    before = i - 1
    plain = t.shape[before] == LOWER or (
        t.opens[before] and t.flags[before] & Flag.COMMON and not t.flags[before] & Flag.KIND
    )
    return bool(plain) and t.word[before] not in _THINGS


def _beside_person(t: Tokens, i: int) -> int:
    """End of the firm in "Mme Stoltz (Clim'Armor)" or on the line under a name; -1 when there is none."""
    gap = t.gap[i]
    if (
        i == 0
        or not t.flags[i - 1] & _NAMED
        or t.shape[i - 1] == LOWER
        or t.flags[i] & (_NOT | Flag.TOWN | Flag.STREET)
    ):
        return -1
    if gap == " (":
        end = max(firm_end(t, i), i + 1)
        sure = (
            t.size > end
            and t.gap[end][:1] in (")", ",")
            and not (end == i + 1 and t.flags[i] & (Flag.COMMON | Flag.GIVEN))
        )
        return end if sure else -1
    if gap == "\n" and i > 1 and t.flags[i - 2] & Flag.GIVEN:
        end = firm_end(t, i)
        own = any(t.word[k] == t.word[i - 1] for k in range(i, end))
        return end if end > i + 1 and (own or not t.flags[i] & Flag.COMMON or t.flags[i] & Flag.KIND) else -1
    return -1


def _search(view: View) -> Iterator[Finding]:
    t = tokens(view)
    own, gaps, shape, past = t.flags, t.gap, t.shape, -1
    for i in t.capitals:
        flags, gap, end = own[i], gaps[i], -1
        if i < past or flags & _NEITHER or shape[i] != TITLE or t.shouted[i]:
            continue
        if gap in _BESIDE:
            end = _beside_person(t, i)
        elif t.joined[i] and not flags & _NOT and gaps[i + 1] in JOINS and _inside_sentence(t, i):
            end = _row(t, i)
        if end > 0:
            past = end
            yield Finding(t.start[i], t.end[end - 1], "ORGANISATION", 0.5, "organisation_shape", _REASON)


RECOGNISER = Recogniser(
    id="organisation_shape",
    labels=("ORGANISATION",),
    source="Imprimerie nationale, Lexique des règles typographiques, « Majuscules »",
    search=_search,
    accepted=(
        "il faut signer ⟦Parquets Berry⟧ au printemps",
        "une commande de ⟦Viviers de Loguivy⟧ est partie",
        "M. Dorval (⟦Clim'Armor⟧) est excusé",
    ),
    refused=("le Comité d'Éthique se réunit", "un roman de Victor Hugo", "Compare Excel et Google Sheets"),
)
