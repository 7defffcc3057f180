from __future__ import annotations

import pytest

from egide.policy import Pictures, Policy, Speech, Trust
from egide.policy.carrying import changes, sentences, towards
from egide.policy.comparing import compare
from egide.policy.document import PolicyDocument
from egide.policy.editing import with_carriers, with_profile

PRUDENT = Policy.default().document


def document(speech: Speech = Speech.REFUSED, **pictures: Pictures) -> PolicyDocument:
    """The prudent one, with other choices for some kinds of service."""
    chosen = {trust: pictures.get(trust.value, PRUDENT.pictures[trust]) for trust in Trust}
    return with_carriers(PRUDENT, chosen, speech)


def test_the_shipped_policy_lets_only_text_out_and_no_recording() -> None:
    outside, local, recording = sentences(PRUDENT)
    assert outside == (
        "Vers un service grand public, un service sous contrat ou un service européen sous contrat,"
        " une image jointe ne part pas : le texte qu'Égide y lit, masqué, part à sa place."
    )
    assert local == (
        "Vers un service local, une image jointe part, les lignes à masquer recouvertes ; un visage, une"
        " signature ou un tampon s'y voient encore."
    )
    assert recording == "Aucun enregistrement vocal n'est envoyé : la demande est refusée."


def test_one_choice_for_all_is_one_sentence() -> None:
    same = document(**{trust.value: Pictures.REFUSED for trust in Trust})
    assert (
        sentences(same)[0]
        == "Vers tous les services, une image jointe fait refuser la demande : rien ne part."
    )
    assert len(sentences(same)) == 2


@pytest.mark.parametrize("trust", Trust)
def test_a_recording_goes_to_a_local_service_alone(trust: Trust) -> None:
    told = towards(document(Speech.LOCAL), trust)[1]
    assert ("part tel quel" in told) == (trust is Trust.LOCAL)
    assert "Aucun enregistrement vocal" in towards(PRUDENT, trust)[1]


@pytest.mark.parametrize("trust", Trust)
@pytest.mark.parametrize("old", Pictures)
@pytest.mark.parametrize("new", Pictures)
def test_a_change_is_told_once_and_a_picture_that_leaves_the_company_is_a_danger(
    trust: Trust, old: Pictures, new: Pictures
) -> None:
    before, after = (document(**{trust.value: rule}) for rule in (old, new))
    told = compare(before, after)
    order = list(Pictures)
    assert len(told.looser) == (order.index(new) > order.index(old))
    assert len(told.stricter) == (order.index(new) < order.index(old))
    assert told.same == (old is new)
    grave = told.looser and new is Pictures.MASKED and trust is not Trust.LOCAL
    assert told.dangers == (told.looser if grave else ())


def test_a_recording_allowed_is_looser_and_refused_is_stricter() -> None:
    (opened,) = changes(PRUDENT, document(Speech.LOCAL))
    assert (opened.stricter, opened.grave) == (False, False)
    assert "vers un service local" in opened.said
    (closed,) = changes(document(Speech.LOCAL), PRUDENT)
    assert closed.stricter
    assert compare(document(Speech.LOCAL), PRUDENT).stricter == (closed.said,)


def test_the_company_s_choices_outlive_a_change_of_profile_and_the_file() -> None:
    chosen = document(Speech.LOCAL, european=Pictures.REFUSED)
    assert (chosen.name, chosen.profile) == ("prudent-entreprise", "prudent")
    strict = with_profile(chosen, "strict")
    assert (strict.speech, strict.pictures) == (chosen.speech, chosen.pictures)
    assert strict.name == "strict-entreprise"
    assert Policy.from_yaml(Policy.of(strict).to_yaml()).document == strict


def test_the_profile_s_own_choices_follow_it() -> None:
    assert with_profile(PRUDENT, "strict") == Policy.load("strict").document
    back = with_carriers(document(Speech.LOCAL), PRUDENT.pictures, PRUDENT.speech)
    assert back == PRUDENT
