"""limits.toml: how many working days each step may take before its clock shows a breach."""

from pydantic import Field

from hearth.foundation.core.packs.base import Days, Part


class Limits(Part):
    """Working days, counted by the pack's calendar; receipt out of hours counts from the next working day."""

    receipt_to_decision: Days = Field(description="from a request's receipt to the front door's decision")
    decision_to_referrer_told: Days = Field(description="from that decision to the referrer being told")
    assessment: Days = Field(description="from an assessment's start to its sign-off")
    plan: Days = Field(description="from an assessment's sign-off to a plan agreed with the family")
    first_review: Days = Field(description="from a plan's start to its first review, where its type does not say")
    review_interval: Days = Field(description="from one review to the next, where the plan's type does not say")
    close_after_review: Days = Field(description="from a review that decides to close to the case being closed")
    step_up_answer: Days = Field(description="from asking social care to take a case to its answer")
    note_written: Days = Field(description="from a visit or a call to its note")
