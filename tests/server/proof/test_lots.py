from __future__ import annotations

from egide.gateway.batches import table
from egide.gateway.loopback import Loopback
from egide.server.proof.asking import Asker
from egide.server.proof.judge import Verdict
from egide.server.proof.lots import lot_positions
from egide.server.proof.plants import plants
from egide.server.proof.policies import Mode, policy
from egide.server.proof.report import Outcome
from egide.server.proof.run import Case, _outcomes, _session
from egide.server.proof.stand import MODELS, stand

POSITIONS = lot_positions()


async def outcomes(mode: Mode, cases: list[Case]) -> list[Outcome]:
    async with (
        Loopback() as provider,
        _session() as session,
        stand(provider, plants()) as place,
    ):
        place.use(policy(mode))
        asker = Asker(session, place.url, place.key, MODELS, provider)
        return [outcome async for outcome in _outcomes(asker, mode, cases)]


def test_every_field_of_the_documentation_is_planted() -> None:
    told = {field for _, direction, field, _ in table.rows() if direction == "requête"}
    planted = {position.where.removesuffix(" (clé)") for position in POSITIONS}
    assert told - {"requests[].params"} <= planted
    assert "requests[].params" in planted


async def test_what_is_planted_is_restored_or_refused_and_nothing_leaves() -> None:
    (phone,) = (plant for plant in plants() if plant.label == "PHONE")
    found = await outcomes("default", [(phone, position, False) for position in POSITIONS])
    verdicts = {outcome.position: outcome.verdict for outcome in found}
    masked = {position.name for position in POSITIONS if position.kind == "masked"}
    assert len(masked) == 4
    assert {verdicts[name] for name in masked} == {Verdict.RESTORED}
    others = {name: one for name, one in verdicts.items() if name not in masked}
    assert set(others.values()) == {Verdict.REFUSED}, others


async def test_with_masking_off_every_label_leaks() -> None:
    masked = [position for position in POSITIONS if position.kind == "masked"]
    found = await outcomes("off", [(plant, position, False) for position in masked for plant in plants()])
    assert {one.verdict for one in found} <= {Verdict.LEAK, Verdict.NOT_FOUND_YET}
