"""``egide reference check``: the reference data that Égide brings, checked without a network."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from egide.cli._table import table

if TYPE_CHECKING:
    from egide.reference.checking.report import Report


@click.group(short_help="Contrôle les données de référence.")
def command() -> None:
    """Contrôle les données de référence : droit, programmes, formation, services d'IA."""


@command.command(short_help="Contrôle les identifiants, les dates, les liens et les sources.")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="JOUR",
    help="Comme ce jour-là (AAAA-MM-JJ) ; absent, ce jour.",
)
@click.option(
    "--write",
    is_flag=True,
    help="Inscrit les nouveaux identifiants dans la liste, si rien d'autre n'est faux.",
)
@click.option("--json", "as_json", is_flag=True, help="Écrit le résultat en JSON.")
def check(on: datetime | None, write: bool, as_json: bool) -> None:
    """Contrôle chaque fichier de référence, sans rien demander au réseau.

    Chaque fichier est lu par ce qui le lit quand Égide marche. Les identifiants sont uniques et aucun de
    ceux déjà livrés n'a disparu ; les dates existent et sont passées ; les liens sont bien formés ; chaque
    source nommée existe. « À revoir » compte les faits que les pages marquent ainsi : source non lue,
    date non lue, ou délai de relecture dépassé. Code de sortie 1 si quelque chose est faux.
    """
    from egide.reference.checking.check import check as checked
    from egide.reference.checking.check import shipped
    from egide.reference.checking.ids import read_list, written_list

    texts, kept = shipped()
    today = on.date() if on else date.today()
    report = checked(texts, kept, today)
    if write and not checked(texts, written_list(report.kept), today).faults:
        _enter(sorted(report.kept - read_list(kept)), written_list(report.kept))
        report = checked(texts, written_list(report.kept), today)
    click.echo(_as_json(report) if as_json else _as_text(report))
    if report.faults:
        raise click.exceptions.Exit(1)


def _enter(new: list[str], written: str) -> None:
    """Write the list of ids, and say which it did not have."""
    from importlib import resources
    from pathlib import Path

    from egide.reference.checking.ids import LIST

    with resources.as_file(resources.files("egide.reference").joinpath(LIST)) as path:
        Path(path).write_text(written, encoding="utf-8")
    for one in new:
        click.echo(f"Inscrit : {one}", err=True)


def _as_json(report: Report) -> str:
    told = {
        "files": [asdict(line) for line in report.lines],
        "faults": [asdict(fault) for fault in report.faults],
    }
    return json.dumps(told, ensure_ascii=False)


def _as_text(report: Report) -> str:
    rows = [
        (line.file, str(line.ids), *(_shown(n) for n in (line.sources, line.facts, line.to_review)))
        for line in report.lines
    ]
    said = [table(("Fichier", "Identifiants", "Sources", "Faits", "À revoir"), rows), ""]
    if report.faults:
        faults = [(fault.file, fault.id or "—", fault.what) for fault in report.faults]
        said += [table(("Fichier", "Identifiant", "Ce qui est faux"), faults), ""]
        said.append(f"FAUX : {len(report.faults)}.")
    else:
        said.append(f"Tout est juste : {len(report.lines)} fichiers.")
    return "\n".join(said)


def _shown(count: int | None) -> str:
    return "—" if count is None else str(count)
