from __future__ import annotations

from collections.abc import Callable

from egide.policy import Decision, Policy, Trust


def test_labels_and_counts_are_named_strictest_first(decide: Callable[..., Decision]) -> None:
    said = decide(Policy.default(), Trust.PUBLIC, "PERSON", "SECRET", "PERSON", "HEALTH").explanation
    assert said == (
        "Envoi bloqué : mot de passe, clé ou code (1). "
        "Les mots de passe, clés et codes ne sont jamais envoyés hors de l'entreprise. "
        "Accord d'un pilote demandé : information de santé (1). "
        "Masqué avant l'envoi : nom de personne (2)."
    )


def test_an_unknown_label_is_not_repeated(decide: Callable[..., Decision]) -> None:
    said = decide(Policy.default(), Trust.LOCAL, "JEAN DUPONT").explanation
    assert "DUPONT" not in said
    assert said.startswith("Envoi bloqué : élément d'un type inconnu (1).")
