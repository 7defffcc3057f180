"""The charter as it reads: clauses kept, variables filled, articles numbered. It is what a version keeps.

A sentence that speaks of a variable left empty is left out, or only its part between semicolons.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext

from egide.reference.charter import AT_SIGNATURE, VARIABLE, Clause, charter
from egide.reference.sources import Source, to_review
from egide.workspace.charter.models import CharterDraft
from egide.workspace.charter.words import day, of_this_century, printable, shown

# Given by the product when the charter is published.
GIVEN: Final = frozenset({"version"})
TITLE: Final = "Charte d'usage de l'intelligence artificielle"
# An item of a list, as the reference file writes it.
_ITEM: Final = re.compile(r"^\d+\. ")
_SENTENCE: Final = re.compile(r"(?<=\.)\s+")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a draft cannot be published yet. ``field`` is that of the form."""

    field: str
    text: str

    @property
    def anchor(self) -> str:
        """Where it is mended, on the page of the draft."""
        kind, _, name = self.field.partition("_")
        return f"id_{self.field}" if kind == "var" else f"clause-{name}"


def prepared(today: date) -> dict[str, Any]:
    """When the clauses and their sources were gathered, for pages; whether that is too old to rely on."""
    on = charter().prepared_on
    return {"prepared": day(on), "stale": to_review(on, today)}


def kept(clause: Clause, draft: CharterDraft) -> bool:
    """Whether this clause is in the charter: always, unless left out or said not to be our case."""
    if clause.status == "recommande":
        return clause.id not in draft.left_out
    return not clause.question or draft.answers.get(clause.id) != "non"


def founds_sanctions(draft: CharterDraft) -> bool:
    """Whether it says that a breach may be punished (variant A): it then follows the whole procedure."""
    return bool(draft.answers.get("sanctions") == "A")


def text_of(clause: Clause, draft: CharterDraft) -> str:
    """The text of a clause, in the variant that the company keeps."""
    if not clause.variants:
        return clause.text
    found = {one.key: one.text for one in clause.variants}
    return found.get(draft.answers.get(clause.id, ""), clause.variants[-1].text)


def wanted(draft: CharterDraft) -> frozenset[str]:
    """Names of the variables that the charter speaks of, and that somebody has to give."""
    clauses = [*(one for one in charter().articles if kept(one, draft)), charter().consent]
    used = {name for one in clauses for name in VARIABLE.findall(text_of(one, draft))}
    return frozenset(used) - AT_SIGNATURE - GIVEN


def problems(draft: CharterDraft, proposed: Mapping[str, str]) -> tuple[Problem, ...]:
    """All that is missing before publication."""
    values, needed = resolved(draft, proposed), wanted(draft)
    found = [
        Problem(f"var_{one.name}", gettext("À remplir : %(what)s.") % {"what": gettext(one.label).lower()})
        for one in charter().variables
        if one.required and one.name in needed and not values.get(one.name)
    ]
    found += [
        Problem(
            f"var_{one.name}",
            gettext("Une lettre ne s'imprime pas (emoji…) : %(what)s.")
            % {"what": gettext(one.label).lower()},
        )
        for one in charter().variables
        if not printable(values.get(one.name, ""))
    ]
    entry = values.get("date_entree_vigueur", "")
    if entry and ((on := day(entry)) is None or not of_this_century(on)):
        said = gettext("Vérifiez la date d'entrée en vigueur : ce n'est pas une date de ce siècle.")
        found.append(Problem("var_date_entree_vigueur", said))
    for one in charter().articles:
        if one.id in draft.left_out and not draft.left_out[one.id]:
            why = gettext("Dites pourquoi l'article « %(title)s » est retiré.") % {"title": one.title}
            found.append(Problem(f"reason_{one.id}", why))
        if one.question and not draft.answers.get(one.id):
            ask = gettext("Répondez à la question de l'article « %(title)s ».") % {"title": one.title}
            found.append(Problem(f"answer_{one.id}", ask))
    return tuple(found)


def resolved(draft: CharterDraft, proposed: Mapping[str, str]) -> dict[str, str]:
    """What was typed, else what is proposed."""
    return {**proposed, **{name: text for name, text in draft.values.items() if text}}


def content(
    draft: CharterDraft, proposed: Mapping[str, str], rules: Mapping[str, Any], number: int, today: date
) -> dict[str, Any]:
    """The charter of this draft. What is still to be given shows in brackets."""
    values = resolved(draft, proposed) | {"version": str(number)}
    entry = day(values.get("date_entree_vigueur", ""))
    values["date_entree_vigueur"] = shown(entry) if entry else ""
    for one in charter().variables:
        if one.required and not values.get(one.name) and one.name not in AT_SIGNATURE:
            values[one.name] = f"[à compléter : {one.label.lower()}]"
    articles = [one for one in charter().articles if kept(one, draft)]
    return {
        "title": TITLE,
        "company": values["entreprise"],
        "version": number,
        "published_on": today.isoformat(),
        "enters_on": entry.isoformat() if entry else "",
        "articles": [_article(n, one, draft, values) for n, one in enumerate(articles, start=1)],
        "rules": rules,
        "direction": values["direction"],
        "consent": _filled(charter().consent.text, values),
        **({"sanctions": True} if founds_sanctions(draft) else {}),
        "left_out": [
            {"title": one.title, "reason": draft.left_out[one.id]}
            for one in charter().articles
            if one.id in draft.left_out and one.status == "recommande"
        ],
    }


def canonical(content: Mapping[str, Any]) -> str:
    """As one text, always the same for the same content."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def seal_of(content: Mapping[str, Any]) -> str:
    """What changes when any word of it does."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def _article(number: int, clause: Clause, draft: CharterDraft, values: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": clause.id,
        "number": number,
        "title": clause.title,
        "status": clause.status,
        # That of a clause with variants tells the company which to choose, not people why it is there.
        "reason": "" if clause.variants else clause.status_reason,
        "disciplinary": clause.disciplinary_effect,
        "blocks": list(_blocks(text_of(clause, draft), values)),
        "sources": [_source(one) for one in clause.sources],
    }


def _blocks(text: str, values: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Paragraphs, and lists of items."""
    items: list[str] = []
    for line in text.splitlines():
        said = _filled(line, values)
        if _ITEM.match(line):
            items.append(_ITEM.sub("", said))
            continue
        if items:
            yield {"kind": "list", "items": items}
            items = []
        if said:
            yield {"kind": "text", "text": said}
    if items:
        yield {"kind": "list", "items": items}


def _filled(line: str, values: Mapping[str, str]) -> str:
    told = [said for sentence in _SENTENCE.split(line) if (said := _without_empty(sentence, values))]
    return VARIABLE.sub(lambda found: _value(found[1], found[0], values), " ".join(told))


def _value(name: str, written: str, values: Mapping[str, str]) -> str:
    return written if name in AT_SIGNATURE else values[name].rstrip(" .;")


def _without_empty(sentence: str, values: Mapping[str, str]) -> str:
    parts = sentence.split(" ; ")
    whole = [part for part in parts if all(_known(name, values) for name in VARIABLE.findall(part))]
    if len(whole) == len(parts):
        return sentence
    return " ; ".join(whole).rstrip(" .;") + "." if len(parts) > 1 and whole else ""


def _known(name: str, values: Mapping[str, str]) -> bool:
    return name in AT_SIGNATURE or bool(values.get(name))


def _source(one: Source) -> dict[str, Any]:
    return {"title": one.title, "url": one.url, "date": one.date, "verified": one.verified}
