"""The questionnaire that a self-diagnosis was answered under, kept as it was: no later one scores it."""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache

from egide.reference.autodiagnostic import Questionnaire, questionnaire
from egide.workspace.diagnosis.models import Diagnosis, Edition


def keep_current() -> Edition:
    """Today's questionnaire, kept once."""
    told = questionnaire().model_dump_json()
    return Edition.objects.get_or_create(digest=digest_of(told), defaults={"content": told})[0]


def forget_unused() -> None:
    """Delete those that no self-diagnosis was answered under any more."""
    Edition.objects.exclude(digest__in=Diagnosis.objects.values("edition")).delete()


def of(diagnosis: Diagnosis) -> Questionnaire:
    """The questionnaire of this self-diagnosis."""
    return questionnaire() if is_current(diagnosis) else _kept(diagnosis.edition_id)


def is_current(diagnosis: Diagnosis) -> bool:
    """Whether that is today's."""
    return diagnosis.edition_id == _current(questionnaire())


def digest_of(content: str) -> str:
    """What an edition is named by."""
    return hashlib.sha256(content.encode()).hexdigest()


@cache
def _current(today: Questionnaire) -> str:
    return digest_of(today.model_dump_json())


@lru_cache(maxsize=16)
def _kept(digest: str) -> Questionnaire:
    return Questionnaire.model_validate_json(Edition.objects.get(digest=digest).content)
