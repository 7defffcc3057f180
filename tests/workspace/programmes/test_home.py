from __future__ import annotations

from egide.workspace.programmes.home import figures
from egide.workspace.programmes.journey import STEPS
from egide.workspace.programmes.models import Follow


def test_programmes_are_counted_without_a_total(db: None) -> None:
    (step,) = STEPS
    assert not step.state().done
    for number in range(3):
        Follow.objects.create(programme=f"p{number}", name=f"P{number}")
    (figure,) = figures()
    assert (figure.done, figure.total, figure.share) == (3, None, None)
    assert step.state().done
