"""What a prompt says, whoever wrote it: checked at the edge, the same for ready prompts and one's own."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Final, Literal, Self

from django.utils.translation import gettext
from pydantic import AfterValidator, Field, model_validator

from egide.reference import prompts as reference
from egide.reference.files import Strict
from egide.reference.prompts import Check, DataClass, Risk, Rule, prompts
from egide.reference.sources import Slug

LONGEST_TEMPLATE: Final = 20_000
MOST_VARIABLES: Final = 30


def _plain(text: str) -> str:
    """Without edges, and with nothing that a page could not show as it is."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Cf") and sign not in "\n\t" for sign in text):
        raise ValueError(gettext("un signe ne se voit pas"))
    return text


def _line(text: str) -> str:
    if "\n" in (text := _plain(text)) or "\t" in text:
        raise ValueError(gettext("une seule ligne est attendue"))
    return text


def _department(one: str) -> str:
    return _among(one, [known.id for known in prompts().departments])


def _class(one: str) -> str:
    return _among(one, [known.id for known in prompts().data_classes])


def _check(one: str) -> str:
    return _among(one, [known.id for known in prompts().checklist_items])


def _among(one: str, known: list[str]) -> str:
    if one not in known:
        raise ValueError(gettext("inconnu"))
    return one


Fate = Literal["allowed", "masked", "forbidden"]
FATES: Final[dict[Rule, tuple[Fate, ...]]] = {
    "libre": ("allowed", "forbidden"),
    "outil autorisé": ("allowed", "forbidden"),
    "pseudonymisation obligatoire": ("masked", "forbidden"),
    "modèle local seulement, ou interdit": ("forbidden",),
    "interdit": ("forbidden",),
}
"""What may become of a class of data in any prompt, by the rule of the class."""

Classes = tuple[Annotated[str, AfterValidator(_class)], ...]


class Content(Strict):
    """A class of data in neither ``allowed`` nor ``masked`` is not for this prompt; ``masked``: only if the
    value is masked. ``usage`` is that of the Assistant, empty when any will do."""

    title: Annotated[str, AfterValidator(_line), Field(min_length=1, max_length=120)]
    department: Annotated[Slug, AfterValidator(_department)]
    use_case: Annotated[str, AfterValidator(_line), Field(min_length=1, max_length=300)]
    template: Annotated[str, AfterValidator(_plain), Field(min_length=1, max_length=LONGEST_TEMPLATE)]
    allowed: Classes = ()
    masked: Classes = ()
    checklist: tuple[Annotated[str, AfterValidator(_check)], ...]
    risk: Risk
    review_by: Annotated[str, AfterValidator(_line), Field(min_length=1, max_length=120)]
    usage: Annotated[str, Field(max_length=64, pattern=r"^[A-Za-z0-9_-]*$")] = ""

    @model_validator(mode="after")
    def _told_once(self) -> Self:
        for told in ((*self.allowed, *self.masked), self.checklist):
            if len(set(told)) != len(told):
                raise ValueError(gettext("la même chose est dite deux fois"))
        if any(fate not in FATES[one.rule] for one, fate in self.classes):
            raise ValueError(gettext("une classe de données est admise contre sa propre règle"))
        if len(self.variables) > MOST_VARIABLES:
            raise ValueError(gettext("plus de %(most)s blancs") % {"most": MOST_VARIABLES})
        return self

    @property
    def variables(self) -> tuple[str, ...]:
        """The blanks of the text, in its order."""
        return reference.variables_of(self.template)

    @property
    def forbidden(self) -> tuple[str, ...]:
        """The ids of the classes that this prompt is not for."""
        return tuple(one.id for one in prompts().data_classes if one.id not in (*self.allowed, *self.masked))

    @property
    def to_verify(self) -> tuple[Check, ...]:
        """What to verify in the answer."""
        known = {one.id: one for one in prompts().checklist_items}
        return tuple(known[one] for one in self.checklist)

    @property
    def classes(self) -> tuple[tuple[DataClass, Fate], ...]:
        """Each class of data with what becomes of it."""
        fates: dict[str, Fate] = {
            **dict.fromkeys(self.allowed, "allowed"),
            **dict.fromkeys(self.masked, "masked"),
        }
        return tuple((one, fates.get(one.id, "forbidden")) for one in prompts().data_classes)


def of_ready(prompt: reference.Prompt) -> Content:
    """The content of a ready prompt."""
    return Content(
        title=prompt.title,
        department=prompt.department,
        use_case=prompt.use_case,
        template=prompt.template,
        allowed=prompt.data.allowed,
        masked=prompt.data.allowed_after_pseudonymisation,
        checklist=tuple(one.id for one in prompt.checklist),
        risk=prompt.risk,
        review_by=prompt.review_by,
    )
