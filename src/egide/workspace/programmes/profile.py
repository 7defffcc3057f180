"""The company as programmes look at it: size, region, sector, profession. What was not told is empty."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.reference.professions import professions
from egide.reference.regions import REGIONS
from egide.workspace.company import services as company

SIZES = {"TPE": _("une TPE"), "PME": _("une PME"), "ETI": _("une ETI"), "GE": _("une grande entreprise")}
SIZE_NAMES = {"TPE": _("TPE"), "PME": _("PME"), "ETI": _("ETI")}
# Upper bounds of the staff of a size. Turnover counts too, by law: pages say « d'après l'effectif ».
_BOUNDS = (("TPE", 10), ("PME", 250), ("ETI", 5_000))


@dataclass(frozen=True, slots=True)
class Profile:
    """``region`` is its name; ``naf`` has no point. An empty one, or no staff, was not told."""

    staff: int | None = None
    region: str = ""
    naf: str = ""
    profession: str = ""

    @property
    def size(self) -> str:
        """TPE, PME, ETI or GE, by the staff alone; empty when it is not known."""
        if self.staff is None:
            return ""
        return next((size for size, bound in _BOUNDS if self.staff < bound), "GE")

    @property
    def missing(self) -> tuple[str, ...]:
        """What the company did not tell, in words."""
        told = {
            gettext("l'effectif"): self.staff is not None,
            gettext("la région"): self.region,
            gettext("le code NAF"): self.naf,
        }
        return tuple(name for name, known in told.items() if not known)


def current() -> Profile:
    """What the company says of itself."""
    found = company.current()
    return Profile(
        found.staff, REGIONS.get(found.region, ""), found.naf.replace(".", "").upper(), found.profession
    )


def profession_name(key: str) -> str:
    """What a profession is called, or its id when it is not known."""
    return next((one.label for one in professions().professions if one.id == key), key)
