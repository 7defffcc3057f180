"""``egide verify``: the proof of what leaves and what comes back, with a control that must fail."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from egide.cli._server import extra

if TYPE_CHECKING:
    from egide.server.proof.report import Outcome
    from egide.server.proof.run import Proof

STEPS = {
    "default": "Une valeur de chaque type dans chaque champ, politique par défaut…",
    "mask_all": "Ce qui a été refusé, sous une politique qui masque tout…",
    "off": "Contrôle : les mêmes valeurs, masquage coupé (tout doit fuir)…",
}


@click.command(short_help="Prouve ce qui part et ce qui revient.")
@click.option(
    "--gateway", metavar="ADRESSE", help="Une passerelle en marche ; absente, une passerelle d'essai."
)
@click.option("--key", envvar="EGIDE_VERIFY_KEY", help="Sa clé d'accès.")
@click.option("--loopback-port", type=click.IntRange(1, 65535), default=8486, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Écrit chaque résultat en JSON.")
def command(gateway: str | None, key: str | None, loopback_port: int, as_json: bool) -> None:
    """Prouve ce qui part et ce qui revient.

    Plante une valeur française inventée de chaque type dans chaque champ de chaque adresse des deux
    protocoles, en flux ou non, devant un fournisseur local qui répond en abîmant les repères. Code de
    sortie 1 si une valeur part, ou ne revient pas, ou si le contrôle sans masquage ne voit pas les fuites.

    Avec --gateway, le fournisseur local doit y être déclaré, une fois pour chaque protocole :

    \b
      egide provider add --name verification --kind openai --trust public \\
        --base-url http://127.0.0.1:8486/v1
      egide provider add --name verification-anthropic --kind anthropic --trust public \\
        --base-url http://127.0.0.1:8486
    """
    if (gateway is None) != (key is None):
        raise click.MissingParameter(param_hint="--key" if gateway else "--gateway", param_type="option")
    with extra("serveur", "server"):
        import uvloop

        from egide.server.proof.run import prove, prove_remote
        from egide.server.proof.stand import MODELS

    def progress(step: str) -> None:
        click.echo(STEPS[step], err=True)

    if gateway is None or key is None:
        proof = uvloop.run(prove(progress))
    else:
        proof = uvloop.run(prove_remote(gateway, key, loopback_port, MODELS, progress))
    click.echo(_as_json(proof) if as_json else _as_text(proof))
    if not proof.proved:
        raise click.exceptions.Exit(1)


def _as_json(proof: Proof) -> str:
    return json.dumps(
        {
            "proved": proof.proved,
            "control_works": proof.control_works,
            "outcomes": [outcome.as_dict() for outcome in proof.outcomes],
            "control": [outcome.as_dict() for outcome in proof.control],
        },
        ensure_ascii=False,
    )


def _as_text(proof: Proof) -> str:
    from egide.server.proof.judge import Verdict
    from egide.server.proof.plants import plants
    from egide.server.proof.report import fields, matrix, problems

    said = [matrix(proof.outcomes), "", fields(proof.outcomes)]
    not_yet = {o.label for o in proof.outcomes if o.verdict is Verdict.NOT_FOUND_YET}
    said += [f"Pas encore couvert : {p.label}, {p.not_yet}." for p in plants() if p.label in not_yet]
    leaked = sum(o.verdict is Verdict.LEAK for o in proof.control)
    if proof.control_works:
        said.append(f"Contrôle réussi : masquage coupé, la vérification voit {leaked} fuites sur {leaked}.")
    else:
        said += ["Contrôle manqué : masquage coupé, des fuites n'ont pas été vues.", problems(_unseen(proof))]
    if proof.bad:
        said += [f"PROBLÈME : {len(proof.bad)} échanges sur {len(proof.outcomes)}.", problems(proof.bad)]
    elif proof.control_works:
        count = len({o.label for o in proof.outcomes}) - len(not_yet)
        said.append(
            f"PROUVÉ pour {count} types sur {count + len(not_yet)}, en {len(proof.outcomes)} échanges : "
            "ce qui part est masqué ou refusé, ce qui revient est remis en place."
        )
    return "\n".join(said)


def _unseen(proof: Proof) -> list[Outcome]:
    from egide.server.proof.judge import Verdict

    return [o for o in proof.control if o.verdict not in (Verdict.LEAK, Verdict.NOT_FOUND_YET)]
