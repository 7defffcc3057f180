from __future__ import annotations

from datetime import date, timedelta

import pytest

from egide.reference.checking.check import check, shipped
from egide.reference.checking.ids import read_list, written_list
from egide.reference.checking.report import Fault
from egide.reference.files import read

# Late enough for any date that is written in the files.
TODAY = date(2100, 1, 1)
Files = dict[str, str]


def _faults(texts: Files, ids: str = "") -> list[Fault]:
    return list(check(texts, ids or shipped()[1], TODAY).faults)


def _altered(file: str, before: str, after: str) -> Files:
    texts = dict(shipped()[0])
    assert before in texts[file]
    texts[file] = texts[file].replace(before, after, 1)
    return texts


def test_what_is_shipped_is_right_and_counted() -> None:
    texts, ids = shipped()
    report = check(texts, ids, TODAY)
    assert report.faults == ()
    assert {line.file for line in report.lines} == set(texts)
    by_file = {line.file: line for line in report.lines}
    assert (by_file["hygiene.yaml"].ids, by_file["hygiene.yaml"].sources) == (30, 73)
    for line in report.lines:
        assert line.facts is not None
        assert line.to_review is not None
        assert line.to_review <= line.facts


def test_the_list_of_ids_is_sorted_and_holds_those_that_companies_record() -> None:
    ids = shipped()[1]
    assert ids == written_list(read_list(ids))
    for one in ("training/modules.quiz m1q1", "hygiene/checks mfa", "charter/clauses signature"):
        assert one in read_list(ids)


@pytest.mark.parametrize(
    ("file", "before", "after", "one", "said"),
    [
        ("hygiene.yaml", "id: mdp-coffre", "id: mdp-uniques", "hygiene/checks mdp-uniques", "deux fois"),
        ("hygiene.yaml", "id: mfa\n", "id: mfa2\n", "hygiene/checks mfa", "retiré ou renommé"),
        ("hygiene.yaml", "id: mfa\n", "id: mfa2\n", "hygiene/checks mfa2", "absent de ids.txt"),
        ("charter.yaml", "date: '2025-02-19'", "date: '2025-02-30'", "fn4", "ce jour n'existe pas"),
        ("charter.yaml", "date: '2025-02-19'", "date: 19/02/2025", "fn4", "ni une date"),
        ("charter.yaml", "date: '2025-02-19'", "date: '2100-01-02'", "fn4", "dans l'avenir"),
        ("charter.yaml", "date: '2025-02-19'", "date: '2101'", "fn4", "dans l'avenir"),
        ("training.yaml", "url: https://www.francenum", "url: http://www.francenum", "fn1", "pas en https"),
        ("training.yaml", "url: https://www.francenum", "url: https://moi:mdp@www.francenum", "fn1", "passe"),
        ("training.yaml", "url: https://www.francenum", "url: https:// www.francenum", "fn1", "espace"),
        ("training.yaml", "url: https://www.francenum", "url: https:///www.francenum", "fn1", "nom de site"),
        ("professions.yaml", "url: http://direct.", "url: http://autre.", "cnb2025", "pas en https"),
        (
            "providers/plans.yaml",
            "  oai_biz:\n",
            "  oai_gone:\n",
            "openai-chatgpt",
            "« oai_biz » n'existe pas",
        ),
        ("programmes.yaml", "id: fiche", "surprise: 1\n  id: fiche", "", "n'existe pas"),
        ("notice.yaml", "title:", "title: a\ntitle:", "", "deux fois"),
        ("lessons/m1.yaml", "what:", "quoi:", "", "what : manque"),
        ("training.yaml", "pass_score_pct: 80", "pass_score_pct: 800", "", "pass_score_pct"),
        ("autodiagnostic.yaml", "training_module: m", "training_module: z", "", "qui n'existe pas"),
        ("providers/presets.yaml", "plan: mistral-api", "plan: mistral-ap", "mistral-eu", "qui n'existe pas"),
        ("messages.yaml", "EG-1001:", "EG-1001: [", "", "illisible"),
    ],
)
def test_each_kind_of_fault_is_named(file: str, before: str, after: str, one: str, said: str) -> None:
    texts = _altered(file, before, after)
    # The others are read only where one file names another: they are long.
    found = _faults(texts if "qui n'existe" in said else {file: texts[file]})
    assert any(
        fault.file == file and said in fault.what and (fault.id.startswith(one) or not one) for fault in found
    ), found


@pytest.mark.parametrize(
    ("remove", "said"),
    [
        ("lessons/m3.yaml", "pas de leçon"),
        ("hygiene.yaml", "retiré"),
        ("blocked_classes.yaml", "deux fichiers"),
    ],
)
def test_a_file_that_is_gone_is_missed(remove: str, said: str) -> None:
    texts = {file: text for file, text in shipped()[0].items() if file != remove}
    assert any(said in fault.what for fault in _faults(texts))


def test_a_password_in_a_link_is_not_repeated() -> None:
    texts = _altered("training.yaml", "https://www.francenum", "https://moi:mdp@www.francenum")
    found = _faults({"training.yaml": texts["training.yaml"]})
    assert found
    assert "mdp" not in " ".join(fault.what for fault in found)


def test_a_wrong_file_has_no_figures_and_the_others_do() -> None:
    texts = _altered("charter.yaml", "date: '2025-02-19'", "date: '2025-02-30'")
    by_file = {line.file: line for line in check(texts, shipped()[1], TODAY).lines}
    assert by_file["charter.yaml"].facts is None
    assert by_file["training.yaml"].facts


def test_facts_are_to_review_when_time_passes_or_when_they_are_not_sure() -> None:
    def late(texts: Files, on: date) -> int | None:
        (line,) = check({"prompts.yaml": texts["prompts.yaml"]}, shipped()[1], on).lines
        return line.to_review

    texts, prepared = dict(shipped()[0]), date.fromisoformat(str(read("prompts.yaml")["prepared_on"]))
    assert late(texts, prepared) == 0
    assert late(texts, prepared + timedelta(days=181)) == 1
    assert late(_altered("prompts.yaml", "verified: true", "verified: false"), prepared) == 1
    assert late(_altered("prompts.yaml", "date: '2025-02-19'", "date: date non lue"), prepared) == 1


@pytest.mark.parametrize(
    "content", ["", "[]", "1", "sources: 1", "help: {}", "meta: 1", "[[[]]]", "*a", "date: []"]
)
def test_any_content_is_told_and_never_breaks_the_check(content: str) -> None:
    for file in ("charter.yaml", "providers/plans.yaml", "programmes.yaml", "lessons/m1.yaml"):
        assert any(not fault.id and fault.file == file for fault in _faults({file: content}))
    _faults({"nouveau.yaml": content})
