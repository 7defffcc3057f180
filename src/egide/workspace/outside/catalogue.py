"""The public services of ``programmes.yaml``: which ones Égide can ask, and what leaves when it does.

Their addresses come from the file that Égide brings, never from a newer one that somebody gave.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from egide.reference.programmes import Api, programmes

COMPANIES: Final = "recherche-entreprises"
AIDS: Final = "aides-territoires"
DATASETS: Final = "data-gouv"

_LEAVES: Final = {
    COMPANIES: _(
        "Le SIREN ou le nom d'entreprise que vous tapez, et l'adresse internet de votre serveur. Si "
        "l'entreprise porte le nom d'une personne, c'est ce nom qui part : cherchez plutôt par SIREN."
    ),
    AIDS: _(
        "Les mots que vous tapez, votre clé d'accès à ce service, et l'adresse internet de votre serveur."
    ),
    DATASETS: _("Les mots que vous tapez, et l'adresse internet de votre serveur."),
}
_NOT_OFFERED: Final = {
    "les-aides": _(
        "sa documentation officielle n'a pas pu être lue : Égide n'appelle pas une adresse dont il "
        "ne connaît pas la forme"
    ),
    "aides-entreprises": _(
        "ses données viennent en un seul fichier d'environ 54 Mo : téléchargez-le vous-même"
    ),
    "legifrance": _("il demande un compte sur un portail, et la forme de ses réponses n'est pas décrite"),
}
NEED_KEY: Final = frozenset({AIDS})


@dataclass(frozen=True, slots=True)
class Service:
    """A public service. ``leaves`` is empty for one that is not offered; then ``why_not`` says why."""

    api: Api
    leaves: str | Promise
    why_not: str | Promise

    @property
    def id(self) -> str:
        """Its id in the file."""
        return self.api.id

    @property
    def needs_key(self) -> bool:
        """Whether it must have given the company a key."""
        return self.id in NEED_KEY


@cache
def services() -> dict[str, Service]:
    """Every service of the file, by its id."""
    return {
        api.id: Service(
            api,
            _LEAVES.get(api.id, ""),
            "" if api.id in _LEAVES else _NOT_OFFERED.get(api.id, _("Égide ne sait pas l'appeler")),
        )
        for api in programmes().apis
    }


def address(service: str) -> str:
    """Where a service is asked."""
    return services()[service].api.base_url
