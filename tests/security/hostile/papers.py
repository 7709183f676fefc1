"""Documents on everything that has them: planted words that a file's name and caption carry, and a letter to send."""

from types import SimpleNamespace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from hearth.casework.assessments.documents.actions import add_assessment_document
from hearth.casework.front_door.documents.actions import add_request_document
from hearth.casework.plans.documents.actions import add_plan_document
from hearth.foundation.core.reader import acting_as
from hearth.records.documents.tests.files import pdf
from tests.security.hostile.words import OPEN


class Letter(SimpleUploadedFile):
    """A file that several browsers send one after the other."""

    def read(self, *args: Any) -> bytes:
        self.seek(0)
        return bytes(super().read(*args))


def a_letter(name: str, inside: str = "") -> Letter:
    """A small PDF; `inside` makes it another one."""
    return Letter(f"{name}.pdf", pdf(f"/About({inside})".encode()), "application/pdf")


def plan_document(by: Any, planted: SimpleNamespace, stem: str) -> None:
    """A letter on the family's plan."""
    planted.plan_document = add_plan_document(
        by=by, plan=planted.plan, file=a_letter(f"{stem}planned", stem), kind="letter", caption=f"{stem}planned letter"
    )


def others(world: Any) -> None:
    """On a request that waits, on an assessment that is being written; and a letter for whoever would send one."""
    cast, world.more.letter = world.cast, a_letter("letter", "sent")
    with acting_as(cast.front_door_officer):
        waiting = world.families["waiting"]
        waiting.document = add_request_document(
            by=cast.front_door_officer, request=waiting.request, file=a_letter(f"{OPEN}asked", "asked"),
            kind="letter", caption=f"{OPEN}asked letter",
        )  # fmt: skip
    with acting_as(cast.family_worker):
        asked_up = world.families["asked_up"]
        asked_up.document = add_assessment_document(
            by=cast.family_worker, assessment=asked_up.assessment, file=a_letter(f"{OPEN}assessed", "assessed"),
            kind="letter", caption=f"{OPEN}assessed letter",
        )  # fmt: skip
