"""``egide journal``: export the journal, and verify an export with the public key alone."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from egide.cli._progress import progress
from egide.cli._server import installation
from egide.cli._table import table

if TYPE_CHECKING:
    from egide.journal import Report, Verifier

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group(name="journal", short_help="Exporte et vérifie le journal des échanges.")
def command() -> None:
    """Le journal des échanges : qui, quand, quelle décision, types et nombres. Jamais une valeur."""


@command.command(short_help="Vérifie un export, avec la clé publique seulement.")
@click.argument("export", metavar="FICHIER", type=click.File("rb"))
@click.option(
    "--public-key",
    "keys",
    multiple=True,
    metavar="CLÉ",
    help="Clé publique (64 chiffres hexadécimaux) ou fichier qui la contient. Répétable : anciennes clés. "
    "Absente : celle de cette installation.",
)
@click.option("--json", "as_json", is_flag=True, help="Écrit le résultat en JSON.")
def verify(export: IO[bytes], keys: tuple[str, ...], as_json: bool) -> None:
    """Vérifie un export du journal (format jsonl) : ordre, contenu, signatures, fin du fichier.

    N'a besoin que du fichier et de la clé publique (« egide journal public-key »).
    Les enregistrements effacés par une purge signée ne manquent pas ; une fausse purge est une modification.
    Code de sortie 1 si le journal a été modifié.
    """
    from egide.journal import verify as verified

    with progress(export) as followed:
        report = verified(followed, [_key(key) for key in keys] or [_own_key()])
    click.echo(_as_json(report) if as_json else _as_text(report))


@command.command(short_help="Écrit le journal, entier ou en partie.")
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
@click.option(
    "--out", type=click.File("w", encoding="utf-8", lazy=False), default="-", help="Fichier à écrire."
)
@click.option("--since", type=_DAY, help="Du jour indiqué (AAAA-MM-JJ), compris.")
@click.option("--until", type=_DAY, help="Au jour indiqué (AAAA-MM-JJ), compris.")
@click.option("--usage", default="", metavar="USAGE", help="Un seul usage (identifiant).")
@click.option("--person", default="", metavar="ADRESSE", help="Une seule personne (adresse ou identifiant).")
def export(
    form: str, out: IO[str], since: datetime | None, until: datetime | None, usage: str, person: str
) -> None:
    """Écrit le journal : jsonl, chaîné et scellé, à vérifier ; csv, pour un tableur français.

    Avec --since, --until, --usage ou --person, le fichier dit qu'il n'est qu'un extrait ; le journal entier
    est vérifié en même temps, et « egide journal verify » prouve chaque enregistrement de l'extrait.
    """
    with installation():
        from egide.journal import Selection
        from egide.workspace.accounts.services import find
        from egide.workspace.journalling.services import export as lines
        from egide.workspace.journalling.services import midnight

        selection = Selection(
            since=midnight(since.date()) if since else "",
            until=midnight(until.date() + timedelta(days=1)) if until else "",
            usage=usage,
            person=find(person).public_id if "@" in person else person,
        )
        for line in lines(form == "csv", selection):
            out.write(line)


@command.command("public-key", short_help="Écrit la clé publique du journal.")
def public_key() -> None:
    """Écrit la clé publique du journal, à remettre à qui doit vérifier un export."""
    click.echo(_own_key().public_key)


def _own_key() -> Verifier:
    """The public key of this installation, from its master key."""
    from egide.journal import Signer
    from egide.pseudonymisation import Keyring
    from egide.settings import load

    return Signer(Keyring(load().master_key()).derive("journal signing")).verifier


def _key(given: str) -> Verifier:
    from egide.errors import JournalError
    from egide.journal import Verifier

    try:
        text = Path(given).read_text(encoding="ascii") if Path(given).is_file() else given
    except (OSError, ValueError):
        raise JournalError("EG-5004") from None
    return Verifier(text.strip().lower())


def _as_json(report: Report) -> str:
    chains = [{**asdict(chain), "uncovered": chain.uncovered} for chain in report.chains]
    told = {
        "valid": True,
        "records": report.records,
        "purged": report.purged,
        "sealed_at": report.sealed_at,
        "filter": report.selection.asked(),
        "chains": chains,
    }
    return json.dumps(told)


def _as_text(report: Report) -> str:
    if report.selection:
        return _part(report)
    head = (
        "Écrivain",
        "Enregistrements",
        "Dernier point de contrôle",
        "Non couverts",
        "Échanges sans fin",
        "Effacés avant",
    )
    rows = [
        (
            c.writer,
            str(c.records),
            str(c.checkpoint or "aucun"),
            str(c.uncovered),
            str(c.unfinished),
            str(c.purged),
        )
        for c in report.chains
    ]
    said = [f"Journal intact : {report.records} enregistrement(s), export scellé le {report.sealed_at}."]
    uncovered = sum(chain.uncovered for chain in report.chains)
    if uncovered:
        said.append(
            f"{uncovered} enregistrement(s) non couvert(s) par un point de contrôle : "
            "seul le sceau de l'export les atteste."
        )
    return "\n".join([table(head, rows), "", *said, *_purged(report)])


def _part(report: Report) -> str:
    rows = [(chain.writer, str(chain.records)) for chain in report.chains]
    asked = ", ".join(f"{name} = {value}" for name, value in report.selection.asked().items())
    said = [f"Extrait intact : {report.records} enregistrement(s), extrait scellé le {report.sealed_at}."]
    said.append(
        f"Ce n'est qu'une partie du journal ({asked}). Le sceau atteste chaque enregistrement et que le "
        "journal entier se vérifiait à cette date ; ce qui n'est pas dans l'extrait n'y est pas prouvé."
    )
    return "\n".join([table(("Écrivain", "Enregistrements"), rows), "", *said, *_purged(report)])


def _purged(report: Report) -> list[str]:
    if not report.purged:
        return []
    gone = (
        f"{report.purged} enregistrement(s) plus ancien(s), effacé(s) à la fin de leur durée de conservation"
    )
    return [f"{gone} : chaque purge est signée."]
