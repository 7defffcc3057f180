"""Tells a pilot, once and wherever the page is opened, how the imports that they asked for have ended."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from egide.workspace.knowledge import imports
from egide.workspace.knowledge.models import Import, TermList

_KEY: Final = "imports"


def follow(request: HttpRequest, one: Import) -> None:
    """Remember that this person waits for it, and no more for one before it under the same name."""
    others = {pk: name for pk, name in request.session.get(_KEY, {}).items() if name != one.name}
    request.session[_KEY] = {**others, str(one.pk): one.name}


def look(request: HttpRequest) -> dict[str, list[Import]]:
    """What goes on, and a message for each that has ended since the last look.

    In this order, before the lists are read: an import that ends meanwhile is shown as going on, so that the
    page looks again and tells it.
    """
    found = imports.under_way()
    _tell(request)
    return found


def _tell(request: HttpRequest) -> None:
    awaited: dict[str, str] = request.session.get(_KEY, {})
    live = {str(one.pk): one for one in Import.objects.filter(pk__in=awaited)}
    for pk, name in awaited.items():
        if pk not in live:
            _tell_kept(request, name)
        elif live[pk].state == Import.State.STOPPED:
            said = gettext("L'import de « %(name)s » a été interrompu. La raison est ci-dessous.")
            messages.error(request, said % {"name": name})
    ended = {pk for pk in awaited if pk not in live or live[pk].state == Import.State.STOPPED}
    if ended:
        request.session[_KEY] = {pk: name for pk, name in awaited.items() if pk not in ended}


def _tell_kept(request: HttpRequest, name: str) -> None:
    kept = TermList.objects.defer("packed").filter(name=name).first()
    if kept is not None:  # else it was taken away meanwhile
        messages.success(request, _told(kept))


def _told(kept: TermList) -> str:
    said = [
        ngettext(
            "Liste « %(name)s » importée : %(count)s nom reconnu dès maintenant.",
            "Liste « %(name)s » importée : %(count)s noms reconnus dès maintenant.",
            kept.count,
        )
        % {"name": kept.name, "count": number_format(kept.count)}
    ]
    if kept.weak:
        told = ngettext(
            "%(count)s est aussi un mot courant : il ne compte que si le contexte le dit.",
            "%(count)s sont aussi des mots courants : ils ne comptent que si le contexte le dit.",
            kept.weak,
        )
        said.append(told % {"count": number_format(kept.weak)})
    if kept.skipped:
        told = ngettext(
            "%(count)s ligne vide ou trop courte a été laissée de côté.",
            "%(count)s lignes vides ou trop courtes ont été laissées de côté.",
            kept.skipped,
        )
        said.append(told % {"count": number_format(kept.skipped)})
    return " ".join(said)
