"""Questions without a name go by a time of their own."""

from django.db import migrations, models

from hearth.foundation.core.policies import gate_reads, said_again
from hearth.oversight.governance.erasing.functions import gather, rights
from hearth.oversight.governance.functions import dates

KINDS = [
    ("family", "Family, with everything about it"),
    ("request", "Request that opened no case"),
    ("claim", "Programme claim"),
    ("universal_activity", "Universal activity"),
    ("question", "Question without a name"),
    ("agreement", "Information-sharing agreement"),
    ("message", "That messages of a month were sent"),
]


class Migration(migrations.Migration):
    dependencies = [("governance", "0008_panels"), ("panels", "0012_question_policies")]
    operations = [
        migrations.AlterField("disposal", "kind", models.CharField(choices=KINDS, max_length=20)),
        gate_reads("panels_question"),
        *said_again(dates()),
        *rights(),
        *gather(),
    ]
