"""A document of a plan, and its bytes."""

from typing import Any

from django.db import models

from hearth.records.documents.models import Content, FamilyDocument, of_family


class PlanDocumentQuerySet(models.QuerySet["PlanDocument"]):
    """Documents of plans."""

    def visible_to(self, user: Any) -> "PlanDocumentQuerySet":
        """Those of plans the user may read, where documents are covered too. The row policy says the same."""
        return self.filter(of_family(user, "plan"))


class PlanDocument(FamilyDocument):
    """A letter or a picture attached to a plan."""

    plan = models.ForeignKey("plans.Plan", on_delete=models.PROTECT, related_name="documents")

    objects = PlanDocumentQuerySet.as_manager()

    class Meta(FamilyDocument.Meta):
        verbose_name = "plan document"
        constraints = [
            *FamilyDocument.Meta.constraints,
            models.UniqueConstraint(
                fields=["plan", "person", "sha256"],
                condition=models.Q(withdrawn_at=None),
                nulls_distinct=False,
                name="plan_document_once",
            ),
        ]
        indexes = [models.Index(fields=["family"], name="plan_document_family")]


class PlanDocumentContent(Content):
    """The bytes of a plan's document."""

    document = models.OneToOneField(PlanDocument, on_delete=models.PROTECT, related_name="content")

    class Meta(Content.Meta):
        verbose_name = "document content"
