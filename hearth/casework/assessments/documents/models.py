"""A document of an assessment, and its bytes."""

from typing import Any

from django.db import models

from hearth.records.documents.models import Content, FamilyDocument, of_family


class AssessmentDocumentQuerySet(models.QuerySet["AssessmentDocument"]):
    """Documents of assessments."""

    def visible_to(self, user: Any) -> "AssessmentDocumentQuerySet":
        """Those of assessments the user may read, where documents are covered too. The row policy says the same."""
        return self.filter(of_family(user, "assessment"))


class AssessmentDocument(FamilyDocument):
    """A letter or a picture attached to an assessment."""

    assessment = models.ForeignKey("assessments.Assessment", on_delete=models.PROTECT, related_name="documents")

    objects = AssessmentDocumentQuerySet.as_manager()

    class Meta(FamilyDocument.Meta):
        verbose_name = "assessment document"
        constraints = [
            *FamilyDocument.Meta.constraints,
            models.UniqueConstraint(
                fields=["assessment", "person", "sha256"],
                condition=models.Q(withdrawn_at=None),
                nulls_distinct=False,
                name="assessment_document_once",
            ),
        ]
        indexes = [models.Index(fields=["family"], name="assessment_document_family")]


class AssessmentDocumentContent(Content):
    """The bytes of an assessment’s document."""

    document = models.OneToOneField(AssessmentDocument, on_delete=models.PROTECT, related_name="content")

    class Meta(Content.Meta):
        verbose_name = "document content"
