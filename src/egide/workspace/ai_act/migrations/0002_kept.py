import django.db.models.deletion
from django.db import migrations, models

import egide.workspace.ai_act.models


class Migration(migrations.Migration):

    dependencies = [
        ('ai_act', '0001_initial'),
        ('usages', '0002_inventory'),
    ]

    operations = [
        migrations.AlterField(
            model_name='assessment',
            name='usage',
            field=models.ForeignKey(on_delete=egide.workspace.ai_act.models.unless_confirmed, related_name='assessments', to='usages.usage'),
        ),
        migrations.AlterField(
            model_name='fria',
            name='usage',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='fria', to='usages.usage'),
        ),
    ]
