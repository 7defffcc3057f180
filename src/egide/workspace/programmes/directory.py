"""The directory in force: the file that Égide brings or a newer one, and the company's own entries."""

from __future__ import annotations

from functools import lru_cache

from django.utils import timezone
from pydantic import ValidationError

from egide.errors import WorkspaceError
from egide.reference.programmes import Programmes, programmes
from egide.workspace.programmes.entries import Entry, as_programme, own_id
from egide.workspace.programmes.models import Follow, OwnProgramme, Release, Review


def in_force() -> Programmes:
    """The newest of the files: that of this version of Égide, or one that a pilot took."""
    taken = Release.objects.filter(taken_at__isnull=False).values_list("pk", "digest", "prepared_on").first()
    if taken is None or taken[2] <= programmes().prepared:
        return programmes()
    try:
        return _content(taken[0], taken[1])
    except ValidationError:
        # Taken under another version of Égide, whose form was another: the directory goes on without it.
        return programmes()


def entries() -> list[Entry]:
    """Every programme, with what the company knows of it. The queries do not grow with their number."""
    file = in_force()
    today = timezone.localdate()
    reviews = {review.programme: review for review in Review.objects.select_related("by")}
    follows = {follow.programme: follow for follow in Follow.objects.all()}
    owned = {own_id(own): own for own in OwnProgramme.objects.all()}
    every = [*file.programmes, *(as_programme(own) for own in owned.values())]
    return [
        Entry(
            one,
            today,
            file.stale_after,
            reviews.get(one.id),
            follows.get(one.id),
            owned.get(one.id),
        )
        for one in every
    ]


def find(programme: str) -> Entry:
    """The programme of this id. Raises WorkspaceError EG-6451."""
    found = next((entry for entry in entries() if entry.id == programme), None)
    if found is None:
        raise WorkspaceError("EG-6451")
    return found


@lru_cache(maxsize=2)
def _content(pk: int, digest: str) -> Programmes:
    """The file of a release, read once. Named by its digest, too: a database may use an id again."""
    return Programmes.model_validate_json(Release.objects.get(pk=pk, digest=digest).content)
