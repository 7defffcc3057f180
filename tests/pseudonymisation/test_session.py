from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egide.detection import LABELS, Finding
from egide.pseudonymisation import Keyring, MemoryVaultStore, Pseudonymiser, Scope, Session, placeholders

from .conftest import LABELS as LINE_LABELS
from .conftest import MASTER, TEXT, findings_by_line

maker = Pseudonymiser(Keyring(MASTER))


def person(text: str, value: str) -> list[Finding]:
    start = text.index(value)
    return [Finding(start, start + len(value), "PERSON", 1.0, "test", "")]


def test_values_go_and_come_back(session: Session) -> None:
    masked = session.mask(TEXT, findings_by_line(TEXT, LINE_LABELS))
    assert not any(line in masked for line in TEXT.split("\n") if len(line) > 1)
    assert session.restore(masked) == TEXT


@given(st.text(), st.lists(st.integers(0, 60), max_size=8), st.sampled_from(list(LABELS)))
def test_any_text_cut_anywhere_comes_back(text: str, cuts: list[int], label: str) -> None:
    ends = sorted({min(cut, len(text)) for cut in cuts})
    found = [Finding(a, b, label, 1.0, "t", "") for a, b in zip(ends[::2], ends[1::2], strict=False) if a < b]
    session = maker.session(Scope("c", "p", "u"))
    assert session.restore(session.mask(text, found)) == text


def test_a_value_keeps_its_placeholder_in_its_conversation(
    pseudonymiser: Pseudonymiser, scope: Scope
) -> None:
    first, again = pseudonymiser.session(scope), pseudonymiser.session(scope)
    one = first.mask("Jean Dupont et Ana Costa", person("Jean Dupont et Ana Costa", "Jean Dupont"))
    other = again.mask("pour Jean Dupont", person("pour Jean Dupont", "Jean Dupont"))
    assert one.split(" ")[0] == other.split(" ")[1]


def test_two_people_cannot_be_linked(pseudonymiser: Pseudonymiser) -> None:
    scopes = (
        Scope("c", "p1", "u"),
        Scope("c", "p2", "u"),
        Scope("c", "p1", "u2"),
        Scope("c", "p1", "u", "x"),
    )
    masked = {pseudonymiser.session(s).mask("Jean", person("Jean", "Jean")) for s in scopes}
    assert len(masked) == 4


def test_what_was_issued_to_someone_else_is_never_restored(pseudonymiser: Pseudonymiser) -> None:
    store = MemoryVaultStore()
    shared = Pseudonymiser(Keyring(MASTER), store)
    owner = shared.session(Scope("c", "p1", "u"))
    masked = owner.mask("Jean Dupont", person("Jean Dupont", "Jean Dupont"))
    store.save(owner.sealed())
    thief = shared.session(Scope("c", "p2", "u"))
    thief.mask("Ana", person("Ana", "Ana"))
    thief.recall([masked])
    assert thief.restore(masked) == masked


def test_an_old_placeholder_is_recalled_from_the_store(keyring: Keyring, scope: Scope) -> None:
    store = MemoryVaultStore()
    first = Pseudonymiser(keyring, store).session(scope)
    masked = first.mask("Jean Dupont", person("Jean Dupont", "Jean Dupont"))
    store.save(first.sealed())
    later = Pseudonymiser(keyring, store).session(scope)
    assert later.seen(f"Qui est {masked} ?") == {masked[-7:-1]}
    later.recall([f"Qui est {masked} ?"])
    assert later.restore(masked) == "Jean Dupont"
    assert later.sealed() == []


def test_a_placeholder_that_someone_typed_stays_as_it_is(session: Session) -> None:
    session.recall(["voir [PERSONNE_7K4Q2M]"])
    assert session.restore("voir [PERSONNE_7K4Q2M]") == "voir [PERSONNE_7K4Q2M]"


def test_two_values_with_one_code_are_told_apart(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    real = placeholders.code
    monkeypatch.setattr(
        "egide.pseudonymisation.session.code",
        lambda key, label, value, attempt: "2AAAAA" if not attempt else real(key, label, value, attempt),
    )
    masked = session.mask("Jean\nAna", findings_by_line("Jean\nAna", ("PERSON", "PERSON")))
    assert len(set(masked.split("\n"))) == 2
    assert session.restore(masked) == "Jean\nAna"


def test_the_note_is_there_only_when_something_is_masked(pseudonymiser: Pseudonymiser, scope: Scope) -> None:
    session = pseudonymiser.session(scope)
    assert session.note == ""
    session.mask("Jean", person("Jean", "Jean"))
    assert "repères" in session.note
    assert session.restore(session.note) == session.note


def test_no_value_is_shown(session: Session) -> None:
    assert "Dupont" not in repr(session)
    assert "Dupont" not in repr(session._known)


def at(text: str, value: str, label: str) -> Finding:
    start = text.index(value)
    return Finding(start, start + len(value), label, 1.0, "test", "")


@pytest.mark.parametrize("first", ["Jean Dupont-Martin", "Jean Dupont"])
@pytest.mark.parametrize("second", ["Dupont", "Dupont-Martin"])
def test_no_character_is_left_between_findings_that_overlap(
    session: Session, first: str, second: str
) -> None:
    text = "Bonjour Jean Dupont-Martin, merci"
    for found in (
        [at(text, first, "PERSON"), at(text, second, "SECRET")],
        [at(text, second, "SECRET"), at(text, first, "PERSON")],
    ):
        masked = session.mask(text, found)
        assert "Dupont" not in masked
        assert ("-Martin" in masked) == (first == "Jean Dupont" and second == "Dupont")
        assert session.restore(masked) == text


@given(st.text(min_size=1), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6))
def test_findings_in_any_order_and_overlapping_come_back(text: str, spans: list[tuple[int, int]]) -> None:
    kept = [(min(a, len(text)), min(b, len(text))) for a, b in spans]
    found = [Finding(a, b, "PERSON", 1.0, "t", "") for a, b in kept if a < b]
    session = maker.session(Scope("c", "p", "u"))
    masked = session.mask(text, found)
    assert session.restore(masked) == text
    assert len(session.issued) <= len(found)


@pytest.mark.parametrize(
    "text",
    ["[Jean](mailto:x)", "C:\\Users\\Jean", "{Jean}", "\\[Jean", '["Jean"]', "<Jean>", "«Jean»", "`Jean`_"],
)
def test_brackets_of_the_text_stay_around_the_value(session: Session, text: str) -> None:
    masked = session.mask(text, [at(text, "Jean", "PERSON")])
    assert "Jean" not in masked
    assert session.restore(masked) == text


def test_a_placeholder_that_comes_back_is_not_masked_again(session: Session) -> None:
    masked = session.mask("Jean Dupont", [at("Jean Dupont", "Jean Dupont", "PERSON")])
    text = f"Écrire à {masked} demain"
    assert session.mask(text, [at(text, masked[1:-1], "SECRET")]) == text
    assert session.mask(text, [at(text, masked[-7:-1], "SECRET")]) == text


def test_a_value_around_a_placeholder_is_masked_whole(session: Session) -> None:
    masked = session.mask("Jean Dupont", [at("Jean Dupont", "Jean Dupont", "PERSON")])
    text = f"Écrire : {masked}, 12 rue Haute, Lyon"
    for value in (f"{masked}, 12 rue Haute", f"{masked[-4:]}, 12 rue Haute"):
        again = session.mask(text, [at(text, value, "ADDRESS")])
        assert masked not in again
        assert "Haute" not in again
        assert session.restore(again) == "Écrire : Jean Dupont, 12 rue Haute, Lyon"


def test_after_a_rotation_of_the_master_key_old_placeholders_are_recalled(scope: Scope) -> None:
    store = MemoryVaultStore()
    before = Pseudonymiser(Keyring(MASTER), store).session(scope)
    masked = before.mask("Jean Dupont", person("Jean Dupont", "Jean Dupont"))
    store.save(before.sealed())
    rotated = Keyring(b"une autre cle maitresse, tout aussi longue", previous=[MASTER])
    after = Pseudonymiser(rotated, store).session(scope)
    after.recall([masked])
    assert after.restore(masked) == "Jean Dupont"
    # The value keeps its placeholder, and is kept from now on under the new key alone.
    assert after.mask("Jean Dupont", person("Jean Dupont", "Jean Dupont")) == masked
    store.save(after.sealed())
    alone = Pseudonymiser(Keyring(b"une autre cle maitresse, tout aussi longue"), store).session(scope)
    alone.recall([masked])
    assert alone.restore(masked) == "Jean Dupont"


def kept_thread(keyring: Keyring, scope: Scope, store: MemoryVaultStore, value: str, name: str) -> str:
    """A conversation that knew a value, kept under a name; the value's placeholder."""
    session = Pseudonymiser(keyring, store).session(scope)
    masked = session.mask(value, person(value, value))
    store.save([*session.sealed(), session.thread(name)])
    return masked


def test_what_a_conversation_knew_is_recalled_without_its_text(keyring: Keyring, scope: Scope) -> None:
    store = MemoryVaultStore()
    one = kept_thread(keyring, scope, store, "Jean Dupont", "un")
    two = kept_thread(keyring, scope, store, "Ana Costa", "deux")
    later = Pseudonymiser(keyring, store).session(scope)
    later.recall_threads(["un", "inconnu"])
    assert later.restore(f"{one}, {two}") == f"Jean Dupont, {two}"
    assert [known.value for known in later.known] == ["Jean Dupont"]
    # The next turn hands on what this one knows, and the vault keeps it longer.
    store.save([later.thread("trois")])
    assert [entry.label for entry in later.sealed()] == ["PERSON"]
    last = Pseudonymiser(keyring, store).session(scope)
    last.recall_threads(["trois", "deux"])
    assert last.restore(f"{one}, {two}") == "Jean Dupont, Ana Costa"


def test_a_conversation_of_another_scope_is_not_recalled(keyring: Keyring) -> None:
    store = MemoryVaultStore()
    masked = kept_thread(keyring, Scope("c", "p1", "u"), store, "Jean Dupont", "un")
    for scope in (Scope("c", "p2", "u"), Scope("c", "p1", "v"), Scope("c", "p1", "u", "x")):
        thief = Pseudonymiser(keyring, store).session(scope)
        thief.recall_threads(["un"])
        thief.recall([masked])
        assert thief.restore(masked) == masked


def test_a_conversation_is_recalled_after_a_rotation_of_the_master_key(scope: Scope) -> None:
    store = MemoryVaultStore()
    masked = kept_thread(Keyring(MASTER), scope, store, "Jean Dupont", "un")
    rotated = Keyring(b"une autre cle maitresse, tout aussi longue", previous=[MASTER])
    later = Pseudonymiser(rotated, store).session(scope)
    later.recall_threads(["un"])
    assert later.restore(masked) == "Jean Dupont"


def test_altered_placeholders_are_recalled_too(keyring: Keyring, scope: Scope) -> None:
    store = MemoryVaultStore()
    first = Pseudonymiser(keyring, store).session(scope)
    masked = first.mask("Jean Dupont", person("Jean Dupont", "Jean Dupont"))
    store.save(first.sealed())
    for shown in (masked.lower(), masked[1:-1], masked.replace("_", " - "), f"{masked}s"):
        later = Pseudonymiser(keyring, store).session(scope)
        later.recall([f"pour {shown}, merci"])
        assert "Jean Dupont" in later.restore(shown)


def test_what_is_noted_down_is_found_in_this_very_scope_also_after_a_rotation(scope: Scope) -> None:
    store = MemoryVaultStore()
    store.save([Pseudonymiser(Keyring(MASTER), store).session(scope).note_down("un", "Jean Dupont")])
    rotated = Keyring(b"une autre cle maitresse, tout aussi longue", previous=[MASTER])
    later = Pseudonymiser(rotated, store).session(scope)
    assert later.noted(["un", "deux"]) == {"un": "Jean Dupont"}
    assert later.issued == {}
    for other in (Scope("c", "p9", "u"), Scope(*scope.parts[:3], "ailleurs")):
        assert Pseudonymiser(rotated, store).session(other).noted(["un"]) == {}
    assert Pseudonymiser(rotated).session(scope).noted(["un"]) == {}


def test_a_whole_holds_all_values_also_those_that_were_recalled(keyring: Keyring, scope: Scope) -> None:
    store = MemoryVaultStore()
    one = kept_thread(keyring, scope, store, "Jean Dupont", "un")
    first = Pseudonymiser(keyring, store).session(scope)
    first.recall([one])
    two = first.mask("Ana Costa", person("Ana Costa", "Ana Costa"))
    apart = MemoryVaultStore()
    apart.save(first.whole("lot"))
    later = Pseudonymiser(keyring, apart).session(scope)
    later.recall_threads(["lot"])
    assert later.restore(f"{one}, {two}") == "Jean Dupont, Ana Costa"
