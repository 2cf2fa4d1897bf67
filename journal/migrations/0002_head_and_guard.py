"""The head of the empty chain, and the triggers that keep events as written."""

from django.db import migrations

from journal import guard


def make_head(apps, schema_editor):
    apps.get_model("journal", "Head").objects.get_or_create(pk=1)


def install(apps, schema_editor):
    guard.install(schema_editor.connection)


def remove(apps, schema_editor):
    guard.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_tables")]

    operations = [
        migrations.RunPython(make_head, migrations.RunPython.noop),
        migrations.RunPython(install, remove),
    ]
