"""How long what this room holds is kept, and how a person's own rows are found in it.

All of it is kept as the plan is, and found by the family: a plan is one text that speaks of everybody in it.
"""

from hearth.foundation.core.subjects import Kept

MODELS = (
    "Plan",
    "TypeChange",
    "PlanAgreement",
    "Outcome",
    "PlanAction",
    "Meeting",
    "Attendance",
    "Review",
    "OutcomeScore",
)

SUBJECTS: dict[str, Kept] = {f"plans.{model}": Kept("plan", family="family", shared=True) for model in MODELS}
