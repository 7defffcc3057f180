"""The scripts of the guide, as a reader runs them."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest
from tests.gateway.staging import KEY, Stage

EXAMPLES = Path(__file__).parents[2] / "docs" / "exemples"


@pytest.mark.parametrize(("name", "model"), [("openai_essai.py", "grand"), ("anthropic_essai.py", "fin")])
async def test_a_script_of_the_guide_works(name: str, model: str, stage: Stage) -> None:
    env = {
        **os.environ,
        "EGIDE_URL": stage.url.removesuffix("/v1"),
        "EGIDE_KEY": KEY,
        "EGIDE_MODEL": model,
        "PYTHONIOENCODING": "utf-8",
    }
    run = await asyncio.create_subprocess_exec(
        sys.executable,
        str(EXAMPLES / name),
        env=env,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, failed = await run.communicate()
    assert run.returncode == 0, failed.decode()
    question = "Écris une relance polie à Mme Solenne Garrigou, 06 39 98 41 27."
    assert said.decode().splitlines() == [question, question]
    left = json.dumps([one.body for one in stage.provider.received], ensure_ascii=False)
    assert len(stage.provider.received) == 2
    assert "Garrigou" not in left
