from __future__ import annotations

from egide.workspace.usages.home import figures
from egide.workspace.usages.models import State, Usage


def test_validated_usages_are_a_share_of_all_that_were_told(db: None) -> None:
    for number, state in enumerate((State.VALIDATED, State.PROPOSED, State.RETURNED)):
        Usage.objects.create(slug=f"u{number}", name=f"U{number}", state=state)
    (figure,) = figures()
    assert (figure.done, figure.total, figure.share) == (1, 3, 33)
