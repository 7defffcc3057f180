"""What pilots set, and what the gateway counts."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from egide.policy.limits import Measure, Period, Subject
from egide.workspace.providers.models import Provider

SUBJECTS = [(one.value, one.value) for one in Subject]
MEASURES = [
    (Measure.REQUESTS.value, _("demandes")),
    (Measure.TOKENS.value, _("jetons (morceaux de mots)")),
    (Measure.COST.value, _("euros")),
]
PERIODS = [
    (Period.MINUTE.value, _("par minute")),
    (Period.DAY.value, _("par jour")),
    (Period.MONTH.value, _("par mois")),
]


class Limit(models.Model):
    """``who`` is empty for each one apart; else the opaque id of a person, or the slug of another."""

    subject = models.CharField(max_length=10, choices=SUBJECTS)
    who = models.CharField(max_length=64, blank=True)
    measure = models.CharField(max_length=10, choices=MEASURES)
    period = models.CharField(max_length=10, choices=PERIODS)
    most = models.PositiveBigIntegerField(validators=[MinValueValidator(1)])

    class Meta:
        ordering = ["subject", "who", "measure", "period"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "who", "measure", "period"], name="limits_one_of_a_kind"
            )
        ]

    def __str__(self) -> str:
        return f"limit {self.pk}"


class Price(models.Model):
    """What a provider bills for a million tokens, for every model without a price of its own."""

    provider = models.OneToOneField(Provider, primary_key=True, on_delete=models.CASCADE, related_name="+")
    input = models.DecimalField(max_digits=10, decimal_places=4, validators=[MinValueValidator(0)])
    output = models.DecimalField(max_digits=10, decimal_places=4, validators=[MinValueValidator(0)])

    def __str__(self) -> str:
        return f"price {self.pk}"


class Counter(models.Model):
    """How much was used in one window. Written by ``store`` alone, on behalf of every process.

    ``until`` and ``changed`` are in POSIX milliseconds.
    """

    subject = models.CharField(max_length=10)
    who = models.CharField(max_length=64, blank=True)
    measure = models.CharField(max_length=10)
    period = models.CharField(max_length=10)
    window = models.CharField(max_length=20)
    value = models.BigIntegerField()
    until = models.BigIntegerField()
    changed = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["window", "subject", "who", "measure", "period"], name="limits_one_counter"
            )
        ]
        indexes = [
            models.Index(fields=["changed"], name="limits_changed"),
            models.Index(fields=["until"], name="limits_until"),
        ]

    def __str__(self) -> str:
        return f"counter {self.pk}"
