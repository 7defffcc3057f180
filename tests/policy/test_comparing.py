from __future__ import annotations

from hypothesis import given, settings
from tests.policy.making import contexts, documents

from egide.checks.settings import CheckSettings, Fields, Note, Unsent
from egide.detection.labels import LABELS
from egide.policy import Action, Policy, Role, Trust
from egide.policy import editing as edits
from egide.policy.checking import changes
from egide.policy.comparing import compare
from egide.policy.document import PolicyDocument
from egide.policy.editing import Target
from egide.policy.table import build_table

PRUDENT = Policy.default().document
ORDER = [
    Action.ALLOW, Action.WARN, Action.MASK, Action.JUSTIFY, Action.APPROVE, Action.REROUTE, Action.BLOCK
]  # fmt: skip
OUTSIDE = (Trust.PUBLIC, Trust.CONTRACT, Trust.EUROPEAN)


def _with(name: str, action: Action, *trusts: Trust, kind: str = "class", **only: list) -> PolicyDocument:  # type: ignore[type-arg]
    target = Target.parse(f"{kind}:{name}")
    assert target is not None
    line = next(one for one in edits.lines(PRUDENT) if one.target.data_class == target.data_class)
    return edits.with_line(PRUDENT, target, {**line.actions, **dict.fromkeys(trusts, action)}, **only)


@given(before=documents(), after=documents())
@settings(max_examples=20, deadline=None)
def test_nothing_is_told_exactly_when_nothing_changes(before: PolicyDocument, after: PolicyDocument) -> None:
    stricter = looser = False
    for context in contexts():
        old, new = build_table(before, *context), build_table(after, *context)
        for label in LABELS:
            stricter |= ORDER.index(new[label].action) > ORDER.index(old[label].action)
            looser |= ORDER.index(new[label].action) < ORDER.index(old[label].action)
    for setting in changes(before.checks, after.checks):
        stricter |= setting.stricter is True
        looser |= setting.stricter is False
    told = compare(before, after)
    assert (bool(told.stricter), bool(told.looser)) == (stricter, looser)
    assert told.same == (not stricter and not looser)
    assert set(told.dangers) <= set(told.looser)


def test_a_whole_class_is_one_sentence() -> None:
    told = compare(PRUDENT, _with("banking", Action.BLOCK, Trust.PUBLIC, Trust.CONTRACT))
    (said,) = told.stricter
    assert said == (
        "Les coordonnées bancaires, masquées jusqu'ici pour un service grand public ou un service sous"
        " contrat, y sont désormais bloquées."
    )
    assert not told.looser


def test_a_label_alone_is_named() -> None:
    told = compare(PRUDENT, _with("CARD", Action.BLOCK, Trust.PUBLIC, kind="label"))
    assert told.stricter[0].startswith(
        "Les numéros de carte bancaire, masqués jusqu'ici pour un service grand"
    )


def test_a_usage_or_a_role_comes_first() -> None:
    for only, first in (
        ({"usages": ["devis"]}, "Pour l'usage « Devis »,"),
        ({"roles": [Role.PILOT]}, "Pour les pilotes,"),
    ):
        told = compare(PRUDENT, _with("banking", Action.ALLOW, Trust.PUBLIC, **only), {"devis": "Devis"})
        assert [one.startswith(first) for one in told.looser] == [True]
        assert told.looser == told.dangers


def test_what_stays_for_one_usage_while_it_changes_for_all_is_told() -> None:
    before = _with("banking", Action.MASK, Trust.PUBLIC, usages=["devis"])
    line = next(one for one in edits.lines(PRUDENT) if str(one.target) == "class:banking")
    mask = edits.with_line(before, line.target, line.actions, ["devis"])
    blocked = edits.with_line(mask, line.target, {**line.actions, Trust.PUBLIC: Action.BLOCK})
    kept = edits.with_line(blocked, line.target, line.actions, ["devis"])
    told = compare(PRUDENT, kept, {"devis": "Devis"})
    assert len(told.stricter) == 1
    assert told.kept == (
        "Pour l'usage « Devis », rien ne change pour les coordonnées bancaires et un service grand public.",
    )


def test_what_lets_sensitive_values_out_is_a_danger() -> None:
    dangerous = [
        _with("credential", Action.ALLOW, Trust.PUBLIC),
        _with("credential", Action.MASK, Trust.EUROPEAN),
        _with("SECRET", Action.WARN, Trust.CONTRACT, kind="label"),
        _with("health", Action.ALLOW, Trust.CONTRACT),
        _with("official_id", Action.WARN, Trust.EUROPEAN),
        _with("identity", Action.ALLOW, Trust.PUBLIC),
        _with("technical", Action.ALLOW, *OUTSIDE),
        _with("health", Action.ALLOW, Trust.PUBLIC, roles=[Role.ADMIN]),
    ]
    for document in dangerous:
        assert compare(PRUDENT, document).dangers
    harmless = [
        _with("identity", Action.WARN, Trust.CONTRACT),
        _with("health", Action.MASK, Trust.CONTRACT),
        _with("credential", Action.BLOCK, Trust.LOCAL),
        _with("credential", Action.REROUTE, Trust.PUBLIC),
        edits.with_professions(PRUDENT, ["avocat"]),
    ]
    for document in harmless:
        assert not compare(PRUDENT, document).dangers


def test_a_reason_lets_out_what_another_service_alone_may_have() -> None:
    reroute = _with("banking", Action.REROUTE, Trust.PUBLIC)
    line = next(one for one in edits.lines(reroute) if one.own)
    justify = edits.with_line(reroute, line.target, {**line.actions, Trust.PUBLIC: Action.JUSTIFY})
    told = compare(reroute, justify)
    assert (len(told.looser), told.stricter) == (1, ())


def test_an_approval_in_place_of_a_reason_is_stricter_and_the_way_back_looser() -> None:
    reason = _with("health", Action.JUSTIFY, Trust.PUBLIC)
    (said,) = compare(reason, PRUDENT).stricter
    assert said == (
        "Les informations de santé, à justifier jusqu'ici pour un service grand public, y sont désormais"
        " à faire accepter par un pilote."
    )
    back = compare(PRUDENT, reason)
    assert (len(back.looser), back.stricter, back.dangers) == (1, (), ())


def test_a_setting_of_the_checks_is_told() -> None:
    masked = edits.with_checks(PRUDENT, CheckSettings(unsent=Unsent.MASK, fields=Fields.DROP, note=Note.USER))
    told = compare(PRUDENT, masked)
    (said,) = told.stricter
    assert said == (
        "Une réponse contient une donnée que personne n'avait envoyée : elle est retirée avant que quiconque "
        "la voie (avant : elle est signalée, si la réponse est relue)."
    )
    assert [one.split(" : ")[0] for one in (*told.looser, *told.others)] == [
        "Une demande contient un champ qu'Égide ne connaît pas",
        "La consigne sur les repères est donnée au modèle",
    ]
    assert not told.same
    assert not told.dangers
