"""A budget's holder, limits and last day can be changed."""

from django.db import migrations

from hearth.records.money import policies


class Migration(migrations.Migration):
    dependencies = [("money", "0005_purchases_open")]
    operations = [policies.changeable()]
