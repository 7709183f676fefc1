"""The register as a file."""

from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.spreadsheet import Sheet
from hearth.oversight.governance.member_requests.models import RequestAnswer
from hearth.oversight.governance.member_requests.queries import kind_words, register


def register_sheet(reader: Any) -> Sheet:
    """Each request with its answer, where one went."""
    sent = {
        each.request_id: each
        for each in RequestAnswer.objects.visible_to(reader).filter(state=RequestAnswer.State.SENT)
    }  # fmt: skip
    cells = []
    for row in register(reader).order_by("asked_on", "reference"):
        answer = sent.get(row.pk)
        cells.append(
            [
                row.asked_by, row.meeting, row.asked_on.isoformat(), kind_words(row.kind), row.what, row.where, row.due_on.isoformat(),
                row.due_words, row.owner.full_name, row.get_state_display(), "Yes" if row.is_late else "No",
                row.sent_on.isoformat() if row.sent_on else "", answer.sent_how if answer else "", answer.words if answer else row.withdrawn_words,
                row.reference,
            ]
        )  # fmt: skip
    return Sheet(
        "Members’ requests",
        "Late: its day has passed and no answer went. Answer: as it was sent; or how the member took the request back. Only requests that "
        f"the reader may read. As at {clock.today():%d/%m/%Y}.",
        (
            "Asked by", "Meeting", "Asked", "What kind", "What", "Where", "Due", "As it was said", "Owner", "State", "Late", "Sent", "How", "Answer",
            "Reference",
        ),
        cells,
    )  # fmt: skip
