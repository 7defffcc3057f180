import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('diagnosis', '0002_views_without_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('content', models.TextField()),
            ],
        ),
        migrations.AddField(
            model_name='diagnosis',
            name='edition',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='diagnosis.edition'),
        ),
    ]
