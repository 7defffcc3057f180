"""A loopback copy of the public services that Égide may ask, in their true forms, and with any fault."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

KEY = "jeton-de-l-entreprise"
TOKEN = "jeton.du.jour"
COMPANY = {
    "siren": "356000000",
    "nom_complet": "LA POSTE",
    "nom_raison_sociale": "LA POSTE",
    "sigle": None,
    "nombre_etablissements": 11_000,
    "nombre_etablissements_ouverts": 8_000,
    "activite_principale": "53.10Z",
    "categorie_entreprise": "GE",
    "annee_categorie_entreprise": "2023",
    "date_creation": "1991-01-01",
    "etat_administratif": "A",
    "nature_juridique": "5510",
    "section_activite_principale": "H",
    "tranche_effectif_salarie": "53",
    "statut_diffusion": "O",
    "siege": {
        "activite_principale": "53.10Z",
        "adresse": "9 RUE DU COLONEL PIERRE AVIA 75015 PARIS",
        "code_postal": "75015",
        "departement": "75",
        "region": "11",
        "siret": "35600000000048",
    },
}
AID = {
    "id": 4242,
    "slug": "4242-aide-au-numerique",
    "url": "/aides/4242-aide-au-numerique/",
    "name": "Aide au numérique",
    "name_initial": "Aide au numérique",
    "short_title": None,
    "financers": ["Région Bretagne"],
    "instructors": [],
    "programs": [],
    "targeted_audiences": ["Entreprises privées"],
    "perimeter": "Bretagne",
    "start_date": "2026-01-01",
    "submission_deadline": "2026-12-31",
}
DATASET = {
    "id": "5f0d9b5e",
    "title": "Aides aux entreprises",
    "page": "https://www.data.gouv.fr/datasets/aides-aux-entreprises/",
    "last_modified": "2026-11-02T04:00:00+00:00",
    "license": "lov2",
    "organization": {"id": "534", "name": "Institut supérieur des métiers"},
}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class PublicServices:
    """``received``: what came, in order. ``fault`` answers in the place of every service."""

    address: str = ""
    received: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    fault: Handler | None = None

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """As the service of this path does."""
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.received.append((request.method, request.path_qs, headers))
        if self.fault is not None:
            return await self.fault(request)
        match request.method, request.path:
            case "GET", "/search":
                return _companies(request.query.get("q", ""))
            case "POST", "/connexion/":
                known = headers.get("x-auth-token") == KEY
                return web.json_response(
                    {"token": TOKEN} if known else {"message": "Non"}, status=200 if known else 401
                )
            case "GET", "/aids/":
                if headers.get("authorization") != f"Bearer {TOKEN}":
                    return web.json_response({"code": 401}, status=401)
                return web.json_response({"count": 1, "previous": None, "next": None, "results": [AID]})
            case "GET", "/datasets/":
                told: dict[str, Any] = {"data": [DATASET], "page": 1, "page_size": 20, "total": 1}
                return web.json_response(told | {"next_page": None, "previous_page": None})
        return web.json_response({"erreur": "inconnu"}, status=404)


def _companies(query: str) -> web.Response:
    if len(query) < 3:
        told = {"erreur": "3 caractères minimum pour les termes de la requête."}
        return web.json_response(told, status=400)
    found = [COMPANY] if query in ("356000000", "la poste") else []
    return web.json_response(
        {"results": found, "total_results": len(found), "page": 1, "per_page": 5, "total_pages": len(found)}
    )


@contextmanager
def running_services() -> Iterator[PublicServices]:
    """The services, on an event loop of their own, in a thread."""
    loop, served = asyncio.new_event_loop(), PublicServices()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    runner = asyncio.run_coroutine_threadsafe(_start(served), loop).result(10)
    yield served
    asyncio.run_coroutine_threadsafe(_stop(runner), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


async def _stop(runner: web.AppRunner) -> None:
    await runner.cleanup()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


async def _start(served: PublicServices) -> web.AppRunner:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", served.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    served.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    return runner
