from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from aiohttp import web
from tests.public_services import COMPANY, PublicServices, running_services

from egide.errors import WorkspaceError
from egide.policy import Role
from egide.workspace.accounts.models import User
from egide.workspace.company.lookup import FoundCompany, search_company
from egide.workspace.outside import switches
from egide.workspace.outside.catalogue import COMPANIES


@pytest.fixture
def served(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[PublicServices]:
    with running_services() as running:
        monkeypatch.setattr("egide.workspace.outside.catalogue.address", lambda service: running.address)
        yield running


@pytest.fixture
def opened(served: PublicServices, person: Callable[..., User]) -> PublicServices:
    switches.turn_on(COMPANIES, person(Role.PILOT))
    return served


@pytest.mark.parametrize(
    "wanted", ["356000000", "356 000 000", "356.000.000", "La  Poste".lower(), "35600000000048"]
)
def test_a_company_is_found_by_number_or_name(opened: PublicServices, wanted: str) -> None:
    found = search_company(wanted)
    assert found == (FoundCompany("356000000", "LA POSTE", "5310Z", "11", (10_000, None), True),)


def test_the_least_is_asked(opened: PublicServices) -> None:
    search_company("35600000000048")
    assert opened.received[0][1] == "/search?q=356000000&minimal=true&include=siege&page=1&per_page=5"


def test_nothing_is_asked_while_it_is_off(served: PublicServices) -> None:
    with pytest.raises(WorkspaceError, match="EG-6458"):
        search_company("356000000")
    assert served.received == []


@pytest.mark.parametrize("wanted", ["", "ab", "356000001", "12345", "1" * 15, "x" * 101, "35600000100048"])
def test_what_cannot_be_looked_for_never_leaves(opened: PublicServices, wanted: str) -> None:
    with pytest.raises(WorkspaceError, match="EG-6460") as refused:
        search_company(wanted)
    assert len(wanted) < 3 or wanted not in str(refused.value)
    assert opened.received == []


def test_nothing_found(opened: PublicServices) -> None:
    assert search_company("une entreprise inconnue") == ()


def _answering(told: Any) -> Callable[[web.Request], Any]:
    async def answer(request: web.Request) -> web.Response:
        return web.json_response(told)

    return answer


@pytest.mark.parametrize(
    "told",
    [
        None,
        [],
        {},
        {"results": None},
        {"results": {}},
        {"results": [1]},
        {"results": [{}]},
        {"results": [COMPANY | {"siren": "<script>"}]},
        {"results": [COMPANY | {"siege": "Paris"}]},
    ],
)
def test_an_answer_of_another_form_is_refused(opened: PublicServices, told: Any) -> None:
    opened.fault = _answering(told)
    with pytest.raises(WorkspaceError, match="EG-6459"):
        search_company("356000000")


def test_what_is_strange_in_an_answer_is_left_out(opened: PublicServices) -> None:
    strange = COMPANY | {
        "nom_complet": "A" * 500 + "\r\n",
        "activite_principale": "n'importe quoi",
        "tranche_effectif_salarie": "NN",
        "etat_administratif": "C",
        "siege": {"region": "99"},
    }
    opened.fault = _answering({"results": [strange] * 50})
    found = search_company("356000000")
    assert len(found) == 5
    assert found[0] == FoundCompany("356000000", "A" * 120, "", "", None, False)
    opened.fault = _answering({"results": [{"siren": "356000000"}]})
    assert search_company("356000000") == (FoundCompany("356000000", "", "", "", None, True),)
