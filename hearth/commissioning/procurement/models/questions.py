"""What suppliers ask of a call, and the answers that everybody reads."""

from django.db import models

from hearth.commissioning.procurement.models.tenders import OfTenderQuerySet, PartQuerySet, Tender
from hearth.foundation.accounts.models import Organisation, User
from hearth.foundation.core import clock
from hearth.foundation.core.models import Record


class SupplierQuestion(Record):
    """A question about a call, with who asked it: read by the asker's organisation and whoever runs the tender."""

    reference = models.CharField(max_length=12, unique=True)
    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="questions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    words = models.TextField()
    key = models.UUIDField(help_text="of the page it was typed on: a page sent twice asks once")

    objects = OfTenderQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asked_by", "key"], name="supplierquestion_page_once")]
        indexes = [models.Index(fields=["tender", "asked_at"], name="questions_of_tender")]


class PublishedAnswer(Record):
    """A question as everybody reads it, without who asked, and its answer; or a clarification that nobody had asked for."""

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="answers")
    number = models.PositiveSmallIntegerField()
    question = models.OneToOneField(
        SupplierQuestion, null=True, blank=True, on_delete=models.PROTECT, related_name="answer", help_text="none: a clarification"
    )  # fmt: skip
    words = models.TextField(help_text="the question, or what is made clear, as it is published")
    answer = models.TextField()
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(default=clock.now)

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tender", "number"], name="publishedanswer_number_once")]
