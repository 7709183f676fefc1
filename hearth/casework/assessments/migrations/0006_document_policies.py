"""Whoever may read an assessment, and is covered for documents, reads its own; they are added while it is written."""

from django.db import migrations

from hearth.records.documents.policies import bytes_of_document, of_family_document

TABLE = "assessments_assessmentdocument"


class Migration(migrations.Migration):
    dependencies = [("assessments", "0005_documents"), ("documents", "0001_initial")]
    operations = [
        of_family_document(TABLE, "assessments_assessment", "assessment_id", add="p.status in ('draft', 'returned')"),
        bytes_of_document("assessments_assessmentdocumentcontent", TABLE),
    ]
