"""Whoever is restricted is kept apart by the reference too by which Hearth's own casework, as a feed, knows them."""

from django.db import migrations

from hearth.intelligence.insight.functions import kept_apart


class Migration(migrations.Migration):
    dependencies = [("insight", "0004_involvement_policies")]
    operations = [migrations.RunSQL(each.sql, "") for each in kept_apart()]
