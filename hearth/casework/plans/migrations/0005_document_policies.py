"""Whoever may read a plan, and is covered for documents, reads those of the plan; whoever may, adds to a live one."""

from django.db import migrations

from hearth.records.documents.policies import bytes_of_document, of_family_document


class Migration(migrations.Migration):
    dependencies = [("plans", "0004_documents"), ("documents", "0001_initial")]
    operations = [
        of_family_document("plans_plandocument", "plans_plan", "plan_id", add="p.status <> 'ended'"),
        bytes_of_document("plans_plandocumentcontent", "plans_plandocument"),
    ]
