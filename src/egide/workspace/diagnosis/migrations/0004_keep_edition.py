import hashlib
from typing import Any

from django.db import migrations

from egide.reference.autodiagnostic import questionnaire


def keep(apps: Any, schema_editor: Any) -> None:
    """Those that are there were scored with the file of this day: from now on they keep it."""
    diagnoses = apps.get_model('diagnosis', 'Diagnosis').objects
    if diagnoses.exists():
        told = questionnaire().model_dump_json()
        digest = hashlib.sha256(told.encode()).hexdigest()
        edition = apps.get_model('diagnosis', 'Edition').objects.create(digest=digest, content=told)
        diagnoses.update(edition=edition)


class Migration(migrations.Migration):

    dependencies = [
        ('diagnosis', '0003_edition'),
    ]

    operations = [
        migrations.RunPython(keep, migrations.RunPython.noop),
    ]
