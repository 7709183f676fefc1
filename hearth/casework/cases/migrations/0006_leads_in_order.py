"""Cases in hand are given the folded name of their lead practitioner. Nobody changed them, so history says nothing of it."""

from django.db import migrations

from hearth.foundation.core.text import fold


def name_leads(apps, schema_editor):
    """Each lead once."""
    case = apps.get_model("cases", "Case").objects.using(schema_editor.connection.alias)
    led = case.exclude(lead=None).order_by()
    for lead, name in list(led.values_list("lead", "lead__full_name").distinct()):
        case.filter(lead=lead).update(lead_folded_name=fold(name))


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_names_in_order")]
    operations = [
        migrations.RunSQL("alter table cases_case disable trigger user", "alter table cases_case enable trigger user"),
        migrations.RunPython(name_leads, migrations.RunPython.noop),
        migrations.RunSQL("alter table cases_case enable trigger user", "alter table cases_case disable trigger user"),
    ]
