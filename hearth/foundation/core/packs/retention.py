"""retention.toml: how long each kind of record is kept, from when, and by what authority."""

from typing import Annotated, Literal

from pydantic import Field

from hearth.foundation.core.packs.base import Days, Part, Words

RECORD_KINDS = (
    "person",
    "request",
    "case",
    "assessment",
    "plan",
    "note",
    "document",
    "consent",
    "agreement",
    "step_up",
    "panel",
    "question",
    "access",
    "unmet_need",
    "finder_count",
    "universal_activity",
    "message",
    "audit_event",
    "account",
    "feed",
    "claim",
    "volunteer",
    "money",
    "report",
    "training",
    "supervision",
    "oversight",
)
RecordKind = Literal[
    "person",
    "request",
    "case",
    "assessment",
    "plan",
    "note",
    "document",
    "consent",
    "agreement",
    "step_up",
    "panel",
    "question",
    "access",
    "unmet_need",
    "finder_count",
    "universal_activity",
    "message",
    "audit_event",
    "account",
    "feed",
    "claim",
    "volunteer",
    "money",
    "report",
    "training",
    "supervision",
    "oversight",
]
Trigger = Literal[
    "youngest_child_born",
    "case_closed",
    "request_decided",
    "agreement_ended",
    "record_made",
    "account_closed",
    "volunteer_ended",
]


class RetentionRule(Part):
    """How long one kind of record is kept."""

    record: RecordKind = Field(description="fixed: the kind of record")
    trigger: Trigger = Field(description="the day the period is counted from")
    years: Annotated[int, Field(ge=0, le=100)] = Field(description="the period, in years")
    basis: Words = Field(description="the law or policy it rests on")
    note: str = Field("", description="anything a records officer should know")


class Retention(Part):
    """Keeping and destroying."""

    draft_days: Days = Field(description="calendar days an unsent draft is kept after its last change")
    message_text_days: Days = Field(
        description="calendar days the words of a sent message are kept; that it was sent is kept longer"
    )
    export_days: Days = Field(
        description="calendar days a file for inspectors or another authority can be opened after it was made"
    )
    rules: tuple[RetentionRule, ...] = Field(alias="rule", description="one for each kind of record")

    def rule(self, record: str) -> RetentionRule | None:
        """The rule for a kind of record."""
        return next((rule for rule in self.rules if rule.record == record), None)
