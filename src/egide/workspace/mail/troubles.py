"""Why a mail did not leave, in words that a person who is no engineer can act on.

What the server answered is never kept nor shown: it may repeat an address. Its number is.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from egide.errors import PseudonymisationError

_TRANSIENT: Final = range(400, 500)
# What is no refusal is no answer either: a line that was cut, or another protocol.
_REFUSALS: Final = range(400, 600)
_CLOSING: Final = 421


class Stage(StrEnum):
    """How far a sending went. From ``HANDED`` on, the server may have the message."""

    CONNECT = "connect"
    STARTTLS = "starttls"
    LOGIN = "login"
    ENVELOPE = "envelope"
    HANDED = "handed"


class Scope(StrEnum):
    """What a trouble stops: every mail for a while, this mail for a while, this mail for good."""

    SERVER = "server"
    MAIL_LATER = "later"
    MAIL = "mail"
    UNCERTAIN = "uncertain"


WORDS: Final[dict[str, tuple[Promise, Promise]]] = {
    "name": (
        _("le nom du serveur est inconnu"),
        _("Vérifiez comment il est écrit, et que la machine d'Égide a accès au réseau."),
    ),
    "refused": (
        _("le serveur refuse la connexion"),
        _("Vérifiez le port : 587 avec STARTTLS, 465 avec TLS. Un pare-feu peut aussi la bloquer."),
    ),
    "unreachable": (
        _("le serveur est injoignable"),
        _("Vérifiez son nom, et que la machine d'Égide a le droit de sortir vers lui."),
    ),
    "timeout": (
        _("le serveur ne répond pas à temps"),
        _("Vérifiez le port et la sécurité choisis, et que rien ne bloque la sortie ; sinon, réessayez."),
    ),
    "certificate": (
        _("le certificat du serveur n'est pas reconnu"),
        _("Écrivez son nom exact, celui du certificat ; d'une autorité privée, collez aussi le certificat."),
    ),
    "tls": (
        _("la connexion chiffrée n'a pas pu être établie"),
        _("Le port et la sécurité ne vont sans doute pas ensemble : 587 avec STARTTLS, 465 avec TLS."),
    ),
    "no_starttls": (
        _("le serveur ne propose pas STARTTLS"),
        _("Essayez TLS (port 465). Rien n'est envoyé en clair à sa place."),
    ),
    "no_login": (
        _("le serveur ne propose pas de connexion par compte, ou aucune qu'Égide connaisse"),
        _("Vérifiez le port, ou effacez le compte si ce serveur n'en demande pas."),
    ),
    "login": (
        _("le serveur refuse le compte ou le mot de passe"),
        _("Vérifiez les deux. Certains services demandent un « mot de passe d'application »."),
    ),
    "sender": (
        _("le serveur refuse l'adresse de l'expéditeur"),
        _("Prenez une adresse qui appartient à ce compte."),
    ),
    "recipient": (
        _("le serveur refuse l'adresse de la personne"),
        _("Vérifiez cette adresse ; si elle est juste, demandez à qui tient le serveur de courriel."),
    ),
    "later": (
        _("le serveur demande de réessayer plus tard"),
        _("Rien à faire : un serveur prudent fait attendre une première fois."),
    ),
    "content": (
        _("le serveur refuse le message"),
        _("Demandez à qui tient le serveur de courriel : un filtre l'a sans doute arrêté."),
    ),
    "lost": (
        _("le serveur a coupé la connexion"),
        _("Réessayez ; si cela dure, demandez à qui tient le serveur de courriel."),
    ),
    "uncertain": (
        _("le serveur a coupé après avoir reçu le message, sans dire s'il l'accepte"),
        _("Il est peut-être arrivé : demandez à la personne avant d'en envoyer un autre."),
    ),
    "protocol": (
        _("ce qui répond à cette adresse n'est pas un serveur de courriel, ou refuse Égide"),
        _("Vérifiez le nom et le port."),
    ),
    "expired": (
        _("le courriel n'a pas pu partir à temps"),
        _("Refaites-le si la personne en a encore besoin."),
    ),
    "unreadable": (
        _("le mot de passe enregistré ne s'ouvre plus"),
        _("Écrivez-le de nouveau dans la page « Courriel » : la clé maîtresse ou le serveur a changé."),
    ),
    "internal": (
        _("Égide n'a pas su écrire ce courriel"),
        _("Prévenez la personne qui administre Égide."),
    ),
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """``kind`` is a key of ``WORDS``, ``reply`` the server's number when it gave one."""

    kind: str
    scope: Scope
    reply: int | None = None

    @property
    def reason(self) -> str:
        """What happened, to follow a colon."""
        return reason(self.kind, self.reply)

    @property
    def advice(self) -> str:
        """What to do."""
        return advice(self.kind)


def reason(kind: str, reply: int | None = None) -> str:
    """The words of a kind that was kept."""
    told = str(WORDS[kind][0]) if kind in WORDS else kind
    if not reply:
        return told
    return gettext("%(reason)s (réponse %(reply)s)") % {"reason": told, "reply": reply}


def advice(kind: str) -> str:
    """What to do about it."""
    return str(WORDS[kind][1]) if kind in WORDS else ""


def of(problem: Exception, stage: Stage, *, late: bool = False) -> Trouble:
    """What an exception of smtplib, of the network or of TLS means at this stage."""
    kind, reply, scope = _refusal(problem)
    if reply in _REFUSALS:
        return _answered(kind, reply, scope)
    if stage is Stage.HANDED:
        return Trouble("uncertain", Scope.UNCERTAIN)
    return Trouble(*_before(problem, stage, late=late))


def _refusal(problem: Exception) -> tuple[str, int, Scope]:
    """What the server refused of this mail, and its number; 0: nothing."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return "recipient", next((code for code, _ in problem.recipients.values()), 0), Scope.MAIL
    if isinstance(problem, smtplib.SMTPSenderRefused):
        return "sender", problem.smtp_code, Scope.SERVER
    if isinstance(problem, smtplib.SMTPDataError):
        return "content", problem.smtp_code, Scope.MAIL
    return "", 0, Scope.SERVER


def _answered(kind: str, reply: int, scope: Scope) -> Trouble:
    if reply == _CLOSING:
        return Trouble("later", Scope.SERVER, reply)
    if reply in _TRANSIENT:
        return Trouble("later", Scope.SERVER if scope is Scope.SERVER else Scope.MAIL_LATER, reply)
    return Trouble(kind, scope, reply)


def _before(problem: Exception, stage: Stage, *, late: bool) -> tuple[str, Scope, int | None]:
    """Nothing of the message was given yet."""
    scope = Scope.MAIL_LATER if stage is Stage.ENVELOPE else Scope.SERVER
    # smtplib tells a silence as a connection that was closed.
    if late or isinstance(problem, TimeoutError) or isinstance(problem.__context__, TimeoutError):
        return "timeout", scope, None
    if isinstance(problem, smtplib.SMTPResponseException):
        reply = problem.smtp_code if problem.smtp_code in _REFUSALS else None
        refusal = "login" if isinstance(problem, smtplib.SMTPAuthenticationError) else "protocol"
        return ("later" if reply in _TRANSIENT else refusal), scope, reply
    kind = _by_class(problem) or _by_stage(problem, stage)
    return (kind, scope, None) if kind else ("internal", Scope.MAIL, None)


def _by_class(problem: Exception) -> str:
    for classes, kind in _CLASSES:
        if isinstance(problem, classes):
            return kind
    return ""


def _by_stage(problem: Exception, stage: Stage) -> str:
    """Of what the class does not tell: smtplib's own exceptions, and what could not be encoded."""
    if isinstance(problem, UnicodeError):
        return "login" if stage is Stage.LOGIN else "name"
    if isinstance(problem, smtplib.SMTPException):
        return {Stage.STARTTLS: "no_starttls", Stage.LOGIN: "no_login"}.get(stage, "protocol")
    return "unreachable" if isinstance(problem, OSError) else ""


# The first that fits.
_CLASSES: Final[tuple[tuple[type[Exception], str], ...]] = (
    (PseudonymisationError, "unreadable"),
    (smtplib.SMTPServerDisconnected, "lost"),
    (ssl.SSLCertVerificationError, "certificate"),
    (ssl.SSLError, "tls"),
    (socket.gaierror, "name"),
    (ConnectionRefusedError, "refused"),
    (ConnectionError, "lost"),
)
