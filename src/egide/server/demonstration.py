"""What ``egide demo`` fills the workspace with: the example company, and the local model seen two ways."""

from __future__ import annotations

from egide.policy import Trust
from egide.server.databases import workspace
from egide.server.local_model import NAME, LocalModel
from egide.settings import Settings

# The same model twice: treated as an outside service it shows masking; trusted as local, its absence.
OUTSIDE = "Démonstration (vu comme externe)"
LOCAL = "Modèle local"


def clear(settings: Settings) -> tuple[str, ...] | None:
    """Take the example company away; what of it stays, in words. None: there is none. May be called again."""
    with workspace(settings):
        from egide.workspace.example.loader import remove

        return remove()


def prepare(settings: Settings, model: LocalModel) -> None:
    """Load the example company and its two providers. May be called at each start."""
    with workspace(settings):
        from egide.workspace.example.loader import ExampleProvider, load

        load(
            [
                ExampleProvider(name, model.base_url, "openai", trust, (NAME,), model.key)
                for name, trust in ((OUTSIDE, Trust.PUBLIC), (LOCAL, Trust.LOCAL))
            ]
        )
