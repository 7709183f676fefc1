"""A document of a request, and its bytes."""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from hearth.records.documents.models import CATEGORY, Content, Document
from hearth.records.people.models import Family
from hearth.records.people.reach import may_open_family


class RequestDocumentQuerySet(models.QuerySet["RequestDocument"]):
    """Documents of requests."""

    def visible_to(self, user: Any) -> "RequestDocumentQuerySet":
        """Those of requests the user may see, and of families whose documents the user may see. The row policy says the same."""
        from hearth.casework.front_door.models import Request

        asked = Request.objects.visible_to(user).filter(pk=OuterRef("request_id"))
        # The family by a subquery and never by a join: whoever asked may not see the family's row.
        theirs = Family.objects.filter(may_open_family(user, category=CATEGORY)).values("pk")
        return self.filter(Exists(asked) | Q(family__in=theirs))


class RequestDocument(Document):
    """A letter or a picture sent with a request. A request that is thrown away before it is sent takes them with it."""

    request = models.ForeignKey(
        "front_door.Request",
        on_delete=models.DO_NOTHING,
        db_constraint=False,  # the migration makes it, so that the database itself takes the rows along
        related_name="documents",
    )
    family = models.ForeignKey(
        Family, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="once it is accepted"
    )

    objects = RequestDocumentQuerySet.as_manager()

    class Meta(Document.Meta):
        verbose_name = "request document"
        constraints = [
            *Document.Meta.constraints,
            models.UniqueConstraint(
                fields=["request", "sha256"], condition=Q(withdrawn_at=None), name="request_document_once"
            ),
        ]
        indexes = [models.Index(fields=["family"], name="request_document_family")]


class RequestDocumentContent(Content):
    """The bytes of a request's document."""

    document = models.OneToOneField(
        RequestDocument, on_delete=models.DO_NOTHING, db_constraint=False, related_name="content"
    )

    class Meta(Content.Meta):
        verbose_name = "document content"
