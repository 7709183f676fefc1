"""Events about a record that has passed its time go with it: oversight/governance says when, and grants the right."""

from django.db import migrations

from hearth.foundation.audit.functions import goes_with_its_record


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_policies")]
    operations = [goes_with_its_record()]
