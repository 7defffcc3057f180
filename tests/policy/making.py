"""Policies of every shape, as people could make them."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st

from egide.detection.labels import DATA_CLASSES, LABELS
from egide.policy import Action, Policy, Role, Trust
from egide.policy import editing as edits
from egide.policy.document import PolicyDocument
from egide.policy.editing import Target
from egide.policy.professions import packs

USAGES = ("devis", "voyages")
TARGETS = [*(Target("class", name) for name in DATA_CLASSES), *(Target("label", name) for name in LABELS)]
ACTIONS = st.fixed_dictionaries({trust: st.sampled_from(Action) for trust in Trust})
LINES = st.tuples(
    st.sampled_from(TARGETS),
    ACTIONS,
    st.lists(st.sampled_from(USAGES), unique=True),
    st.lists(st.sampled_from(Role), unique=True),
)


@st.composite
def documents(draw: st.DrawFn) -> PolicyDocument:
    """A profile, some professions and some rules of the company's own."""
    document = Policy.load(draw(st.sampled_from(["prudent", "strict", "open"]))).document
    for line in draw(st.lists(LINES, max_size=4)):
        document = edits.with_line(document, *line)
    return edits.with_professions(document, draw(st.lists(st.sampled_from(list(packs())), max_size=3)))


def contexts() -> Iterator[tuple[str, Role, Trust]]:
    """Every usage, role and trust."""
    for usage in ("", *USAGES):
        for role in Role:
            for trust in Trust:
                yield usage, role, trust
