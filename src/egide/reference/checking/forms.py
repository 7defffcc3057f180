"""The strict form of each file: what reads it when Égide runs, given its text."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel, RootModel, ValidationError

from egide.reference.ai_act import AiAct
from egide.reference.autodiagnostic import Questionnaire
from egide.reference.charter import Charter
from egide.reference.given import UnreadError, read_given
from egide.reference.hygiene import Hygiene
from egide.reference.notice import Notice
from egide.reference.professions import Professions, Reach
from egide.reference.programmes import Programmes
from egide.reference.prompts import Prompts
from egide.reference.providers import Presets, plans_of
from egide.reference.training import Lesson, Training

_FORMS: Final[dict[str, type[BaseModel]]] = {
    "ai_act.yaml": AiAct,
    "autodiagnostic.yaml": Questionnaire,
    "blocked_classes.yaml": RootModel[tuple[Reach, ...]],
    "charter.yaml": Charter,
    "hygiene.yaml": Hygiene,
    "notice.yaml": Notice,
    "professions.yaml": Professions,
    "programmes.yaml": Programmes,
    "prompts.yaml": Prompts,
    "providers/presets.yaml": Presets,
    "training.yaml": Training,
}


def content_of(text: str) -> Any:
    """What a file holds, no key given twice. Raises UnreadError."""
    return read_given(text, RootModel[Any]).root


def fault_of(file: str, text: str, content: Any) -> str:
    """Why the form of this file refuses its content, in French; empty when it does not, or has none here."""
    form = Lesson if file.startswith("lessons/") else _FORMS.get(file)
    try:
        if file == "providers/plans.yaml":
            plans_of(content)
        elif form is not None:
            form.model_validate(content)
    except ValidationError as problem:
        return _place(problem) if form is None else _places(text, form)
    except (KeyError, TypeError) as problem:
        return f"forme inattendue ({type(problem).__name__})"
    return ""


def _places(text: str, form: type[BaseModel]) -> str:
    try:
        read_given(text, form)
    except UnreadError as problem:
        return problem.where
    return ""


def _place(problem: ValidationError) -> str:
    first = problem.errors(include_url=False)[0]
    return f"{'.'.join(map(str, first['loc']))} : {first['msg']}"
