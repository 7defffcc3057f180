"""Pictures and recordings as French sentences: what a policy lets leave of them, and what changes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from egide.policy.document import PolicyDocument
from egide.policy.model import Pictures, Speech, Trust
from egide.policy.phrasing import Say, plain, upper
from egide.policy.phrasing import towards as services

PICTURES: Final[Mapping[Pictures, str]] = {
    Pictures.REFUSED: "une image jointe fait refuser la demande : rien ne part.",
    Pictures.TEXT: "une image jointe ne part pas : le texte qu'Égide y lit, masqué, part à sa place.",
    Pictures.MASKED: "une image jointe part, les lignes à masquer recouvertes ; un visage,"
    " une signature ou un tampon s'y voient encore.",
}
SPEECH: Final[Mapping[Speech, str]] = {
    Speech.REFUSED: "Aucun enregistrement vocal n'est envoyé : la demande est refusée.",
    Speech.LOCAL: "Un enregistrement vocal part tel quel, sans masquage, vers un service local qui le"
    " transcrit ; aucun autre service n'en reçoit.",
}
STATES: Final[Mapping[Pictures, str]] = {
    Pictures.REFUSED: "refusées",
    Pictures.TEXT: "remplacées par leur texte masqué",
    Pictures.MASKED: "envoyées avec les lignes à masquer recouvertes",
}
SPEECH_CHANGES: Final[Mapping[Speech, str]] = {
    Speech.REFUSED: "Les enregistrements vocaux, transcrits jusqu'ici par un service local, sont désormais"
    " refusés.",
    Speech.LOCAL: "Les enregistrements vocaux, refusés jusqu'ici, partent désormais tels quels vers un"
    " service local qui les transcrit.",
}
_PICTURES_ORDER: Final = tuple(Pictures)
_SPEECH_ORDER: Final = tuple(Speech)


class Change(NamedTuple):
    """One change, as a sentence. ``grave``: it lets out what nobody can mask."""

    said: str
    stricter: bool
    grave: bool = False


def sentences(document: PolicyDocument, say: Say = plain) -> tuple[str, ...]:
    """What leaves of a picture, by kind of service, then of a recording."""
    by_rule: dict[Pictures, list[Trust]] = {}
    for trust in Trust:
        by_rule.setdefault(document.pictures[trust], []).append(trust)
    pictures = (
        say("Vers %(services)s, %(what)s") % {"services": services(trusts, say), "what": say(PICTURES[rule])}
        for rule, trusts in sorted(by_rule.items(), key=lambda pair: _PICTURES_ORDER.index(pair[0]))
    )
    return (*pictures, say(SPEECH[document.speech]))


def towards(document: PolicyDocument, trust: Trust, say: Say = plain) -> tuple[str, str]:
    """What leaves of a picture, and of a recording, towards one kind of service."""
    spoken = document.speech if trust is Trust.LOCAL else Speech.REFUSED
    return upper(say(PICTURES[document.pictures[trust]])), say(SPEECH[spoken])


def changes(before: PolicyDocument, after: PolicyDocument, say: Say = plain) -> Iterator[Change]:
    """What changes of pictures and of recordings."""
    steps: dict[tuple[Pictures, Pictures], list[Trust]] = {}
    for trust in Trust:
        step = before.pictures[trust], after.pictures[trust]
        if step[0] is not step[1]:
            steps.setdefault(step, []).append(trust)
    for (old, new), trusts in steps.items():
        told = {"before": say(STATES[old]), "after": say(STATES[new]), "services": services(trusts, say)}
        said = say("Les images, %(before)s jusqu'ici pour %(services)s, y sont désormais %(after)s.") % told
        outside = any(trust is not Trust.LOCAL for trust in trusts)
        stricter = _PICTURES_ORDER.index(new) < _PICTURES_ORDER.index(old)
        yield Change(said, stricter, grave=new is Pictures.MASKED and outside)
    if before.speech is not after.speech:
        stricter = _SPEECH_ORDER.index(after.speech) < _SPEECH_ORDER.index(before.speech)
        yield Change(say(SPEECH_CHANGES[after.speech]), stricter)
