"""How many values and exchanges a day, by label and outcome: no person, no usage, no value.

The journal keeps each exchange and may be purged; these sums stay, and a page reads a year of them at once.
"""

from __future__ import annotations

from django.db import models


class Tally(models.Model):
    """``label`` is a label of the detection, or empty: then ``count`` counts exchanges, not values.

    ``outcome``: ``sent``, the exchange went out and these values were masked in it; ``stopped``, it did not.
    """

    day = models.DateField()
    label = models.CharField(max_length=32, blank=True)
    outcome = models.CharField(max_length=8)
    count = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "label", "outcome"], name="overview_one_tally")]
        # All that the chart of the last weeks reads.
        indexes = [models.Index(fields=["day", "label", "outcome", "count"], name="overview_summed")]

    def __str__(self) -> str:
        return f"{self.day} {self.label} {self.outcome}"


class Cursor(models.Model):
    """One row: the last record of the journal that was counted."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="overview_one_cursor")]

    def __str__(self) -> str:
        return f"up to {self.last}"
