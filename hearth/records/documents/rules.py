"""What may be kept, opened and withdrawn, and the sentence when it may not."""

from typing import Any

from django.conf import settings
from django.db.models import Sum

from hearth.foundation.core.refusals import Refusal
from hearth.foundation.ui.filters import megabytes
from hearth.records.documents.models import Document, Scan
from hearth.records.people.models import Membership

INLINE = ("application/pdf", "image/jpeg", "image/png", "image/gif", "image/webp")


def same_again(name: str) -> Refusal:
    """The same bytes on the same thing."""
    return Refusal("documents.there_already", f"This file is there already, as “{name}”. Nothing was added.")


def why_not_keep(size: int, sha256: str, beside: Any) -> Refusal | None:
    """Keeping a file beside the documents that are there: once, and within the limit for one thing."""
    kept = beside.filter(withdrawn_at=None)
    same = kept.filter(sha256=sha256).first()
    if same is not None:
        return same_again(same.name)
    most = settings.HEARTH_DOCUMENTS_MEGABYTES * 1_000_000
    if (kept.aggregate(all=Sum("size"))["all"] or 0) + size > most:
        return Refusal(
            "documents.too_much",
            f"All documents here together may have {megabytes(most)}. Withdraw one that is not needed, or add this elsewhere.",
        )
    return None


def why_not_open(document: Document) -> Refusal | None:
    """Opening a document that one may see: not withdrawn, not destroyed, and checked where there is a scanner."""
    if document.withdrawn_at is not None:
        return Refusal("documents.withdrawn", "This document was withdrawn and can no longer be opened.")
    if document.scan == Scan.FOUND:
        return Refusal("documents.virus", "This document held a virus, and was destroyed. Ask for another copy.")
    if document.scan == Scan.UNCHECKED and settings.HEARTH_CLAMD:
        return Refusal(
            "documents.unchecked", "This document has not been checked for viruses yet. Try again in some minutes."
        )
    return None


def why_not_withdraw(user: Any, document: Document, *, works_on_it: bool) -> Refusal | None:
    """Withdrawing a document: whoever added it or works on what it is attached to; also once that is finished, and once."""
    if document.withdrawn_at is not None:
        return Refusal("documents.withdrawn_already", "This document has been withdrawn already.")
    if not works_on_it and document.added_by_id != user.id:
        return Refusal("documents.not_yours", "Your role can read this document but not withdraw it.")
    return None


def why_not_be_about(family_id: Any, person: Any) -> Refusal | None:
    """A document is about the whole family, or about somebody who is or was in it."""
    if person is not None and not Membership.objects.filter(family_id=family_id, person=person).exists():
        return Refusal("documents.not_of_family", "That person is not in this family. Choose somebody who is.")
    return None
