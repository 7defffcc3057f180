"""Keeps the counts of a closed campaign with it: pages counted its answers each time, by hundreds of thousands."""

from collections import defaultdict
from typing import Any

from django.db import migrations, models
from django.db.models import Count


def keep(apps: Any, _editor: Any) -> None:
    answer = apps.get_model("hygiene", "Answer")
    campaign = apps.get_model("hygiene", "Campaign")
    for one in campaign.objects.filter(state="closed"):
        counts: dict[str, dict[str, int]] = defaultdict(dict)
        rows = answer.objects.filter(campaign=one).values_list("check_id", "said")
        for check, said, given in rows.annotate(given=Count("pk")).order_by():
            counts[check][said] = given
        one.counts = dict(counts)
        one.save(update_fields=["counts"])


class Migration(migrations.Migration):
    dependencies = [("hygiene", "0002_counted")]

    operations = [
        migrations.AddField(
            model_name="campaign",
            name="counts",
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.RunPython(keep, migrations.RunPython.noop),
    ]
