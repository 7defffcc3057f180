"""The ``checks`` of a policy in French: what each setting is about, what each choice does, what changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from egide.checks.settings import CheckSettings
from egide.policy.phrasing import Say, plain


class Setting(NamedTuple):
    """``choices``: what happens, from the mildest value to the strictest when ``ranked``."""

    title: str
    choices: Mapping[str, str]
    ranked: bool = True


_ORDERS: Final = {
    "warn": "c'est signalé, et le texte part",
    "neutralise": "le passage part comme une citation à ne pas suivre",
    "refuse": "rien ne part",
}
SETTINGS: Final[Mapping[str, Setting]] = {
    "documents": Setting("Un document, ou le résultat d'un outil, donne des ordres au modèle", _ORDERS),
    "people": Setting("Un texte écrit ou collé par une personne donne des ordres au modèle", _ORDERS),
    "unsent": Setting(
        "Une réponse contient une donnée que personne n'avait envoyée",
        {
            "flag": "elle est signalée, si la réponse est relue",
            "mask": "elle est retirée avant que quiconque la voie",
        },
    ),
    "answers": Setting(
        "Les réponses relues, une fois données",
        {
            "never": "aucune",
            "asked": "dans l'Assistant, et quand un outil le demande",
            "always": "toutes",
        },
    ),
    "fields": Setting(
        "Une demande contient un champ qu'Égide ne connaît pas",
        {"drop": "elle part sans ce champ, et l'outil est prévenu", "refuse": "elle est refusée"},
    ),
    "note": Setting(
        "La consigne sur les repères est donnée au modèle",
        {"system": "dans un message système", "user": "devant le premier message de la personne"},
        ranked=False,
    ),
}


class Change(NamedTuple):
    """A setting that changes. ``stricter`` is None where neither choice is the stricter."""

    sentence: str
    stricter: bool | None


def sentences(checks: CheckSettings, say: Say = plain) -> list[tuple[str, str]]:
    """Each setting: what it is about, what happens."""
    return [(say(one.title), say(one.choices[getattr(checks, name)])) for name, one in SETTINGS.items()]


def changes(before: CheckSettings, after: CheckSettings, say: Say = plain) -> Iterator[Change]:
    """What is set otherwise."""
    for name, setting in SETTINGS.items():
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            order = list(setting.choices)
            told = {
                "setting": say(setting.title),
                "after": say(setting.choices[new]),
                "before": say(setting.choices[old]),
            }
            said = say("%(setting)s : %(after)s (avant : %(before)s).") % told
            yield Change(said, order.index(new) > order.index(old) if setting.ranked else None)
