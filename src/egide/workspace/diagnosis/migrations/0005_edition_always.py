import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('diagnosis', '0004_keep_edition'),
    ]

    operations = [
        migrations.AlterField(
            model_name='diagnosis',
            name='edition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='diagnosis.edition'),
        ),
        migrations.RemoveField(
            model_name='diagnosis',
            name='questionnaire',
        ),
    ]
