"""The risk log and its action points as files, each with what its figures mean."""

from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.spreadsheet import Sheet
from hearth.oversight.governance.risks.models import RiskAction, RiskAssessment
from hearth.oversight.governance.risks.queries import Stands, open_risks, subject_words


def _as_at() -> str:
    return f"Only risks that the reader may read. As at {clock.today():%d/%m/%Y}."


def log(reader: Any) -> Sheet:
    """Each open risk as it stands."""
    scale = pack().governance
    return Sheet(
        "Risk log",
        f"Score: likelihood (1 to 5) times impact (1 to 5), by the latest assessment; nothing where nobody assessed it. {_as_at()}",
        ("Risk", "Where", "About", "Likelihood", "Impact", "Score", "Word", "Assessed", "Owner", "Controls", "Escalated", "Reference"),
        [
            [
                row.title, row.where, subject_words(row.subject),
                f"{row.likelihood}. {scale.likelihoods[row.likelihood - 1].label}" if row.likelihood else "",
                f"{row.impact}. {scale.impacts[row.impact - 1].label}" if row.impact else "",
                Stands(row).score or "", scale.band_of(Stands(row).score).label if Stands(row).score else "",
                row.assessed_on.isoformat() if row.assessed_on else "", row.owner.full_name, row.controls,
                "Yes" if row.escalated else "No", row.reference,
            ]
            for row in open_risks(reader)
        ],
    )  # fmt: skip


def scores(reader: Any) -> Sheet:
    """Each assessment of each risk: the history of scores."""
    rows = RiskAssessment.objects.visible_to(reader).select_related("risk", "assessed_by", "meeting")
    return Sheet(
        "Scores of risks",
        f"Each assessment, the first first. A score holds until the next. {_as_at()}",
        ("Risk", "Day", "Likelihood", "Impact", "Score", "Why", "By", "In the meeting"),
        [
            [
                row.risk.reference, row.assessed_on.isoformat(), row.likelihood, row.impact, row.score, row.words,
                row.assessed_by.full_name, row.meeting.reference if row.meeting else "",
            ]
            for row in rows.order_by("risk__reference", "assessed_on", "created_at")
        ],
    )  # fmt: skip


def points(reader: Any) -> Sheet:
    """Each action point."""
    rows = RiskAction.objects.visible_to(reader).select_related("risk", "owner").order_by("due_on", "reference")
    return Sheet(
        "Action points",
        f"Late: its day has passed and nobody said that it is done. {_as_at()}",
        ("Action point", "Risk", "Owner", "Due", "Done", "How one knows", "Late", "Reference"),
        [
            [
                row.what, row.risk.reference, row.owner.full_name, row.due_on.isoformat(),
                row.done_on.isoformat() if row.done_on else "", row.words, "Yes" if row.is_late else "No", row.reference,
            ]
            for row in rows
        ],
    )  # fmt: skip


TABLES = {"log": log, "scores": scores, "points": points}
