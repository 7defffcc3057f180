from __future__ import annotations

import json
from collections.abc import Mapping

from starlette.applications import Starlette
from starlette.requests import Request

from egide.ports import Health
from egide.server.health import readyz


async def ready(health: Mapping[str, Health], *, database: bool = True) -> tuple[int, object]:
    app = Starlette()
    app.state.checks, app.state.health = {"database": lambda: database}, lambda: health
    answer = await readyz(Request({"type": "http", "app": app}))
    return answer.status_code, json.loads(bytes(answer.body))


async def test_providers_are_counted_and_not_named() -> None:
    health = {"mistral": Health("closed"), "ovhcloud": Health("closed", 2), "maison": Health("open", 5, 20.0)}
    status, shown = await ready(health)
    assert (status, shown) == (200, {"status": "ok", "database": "ok", "providers": {"closed": 2, "open": 1}})


async def test_a_part_that_fails_makes_it_unready_and_a_provider_does_not() -> None:
    assert (await ready({"a": Health("open", 5, 20.0)}))[0] == 200
    assert (await ready({}, database=False))[0] == 503
