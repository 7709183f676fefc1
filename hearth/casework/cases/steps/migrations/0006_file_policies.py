"""The bytes that travelled are read with their item, and added by whoever asks for the step, with the pack."""

from django.db import migrations

from hearth.records.documents.policies import of_content

ITEM = "exists (select 1 from steps_frozenitem i where i.id = steps_frozenfile.item_id{})"
ASKED = """ and exists (select 1 from steps_carestep s
    where s.id = i.step_id and s.requested_by_id = hearth_reader() and s.status = 'requested')"""


class Migration(migrations.Migration):
    dependencies = [("steps", "0005_documents"), ("documents", "0001_initial")]
    operations = [of_content("steps_frozenfile", read=ITEM.format(""), add=ITEM.format(ASKED))]
