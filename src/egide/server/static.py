"""Static files of every page, found where Django finds them, with a validator and no stale copy."""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from typing import Any

from django.contrib.staticfiles import finders
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope


class FoundStaticFiles(StaticFiles):
    """Files of the installed apps. A browser keeps them and asks each time if they changed (304)."""

    def __init__(self) -> None:
        super().__init__(directory=None, packages=[], check_dir=False)

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        found = finders.find(path)
        if not isinstance(found, str) or not os.path.isfile(found):  # noqa: PTH113 - a str is wanted back
            return "", None
        return found, os.stat(found)  # noqa: PTH116

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope | MutableMapping[str, Any],
        status_code: int = 200,
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        response.headers["cache-control"] = "no-cache"
        response.headers["x-content-type-options"] = "nosniff"
        return response
