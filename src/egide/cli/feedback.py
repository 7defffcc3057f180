"""``egide feedback``: export what people reported and pilots decided, as test cases for the detector."""

from __future__ import annotations

import os

import click

from egide.cli._server import installation


@click.group(name="feedback", short_help="Exporte les signalements traités, en cas de test.")
def command() -> None:
    """Ce que les gens ont signalé (« pas personnel », « à masquer ») et ce qu'un pilote en a décidé."""


@command.command(short_help="Écrit les cas de test.")
@click.argument("file", metavar="FICHIER|-")
def export(file: str) -> None:
    """Écrit une ligne JSON par signalement traité : {"id", "text", "spans", "kind", "decision"}.

    Le fichier contient de vraies valeurs, en clair : il doit rester dans l'entreprise. Un nouveau fichier
    n'est lisible que de vous.
    """
    with installation():
        from egide.workspace.feedback.export import lines

        _write("".join(lines()), file)


def _write(text: str, file: str) -> None:
    if file == "-":
        click.echo(text, nl=False)
        return
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError:
        raise click.BadParameter("", param_hint="FICHIER") from None
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(text)
