"""How long what this room holds is kept, and how a person's own rows are found in it.

A plan is kept whole and found by the family: it is one text that speaks of everybody in it. Documents have a rule of their own.
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
    "ServiceReferral",
)

SUBJECTS: dict[str, Kept] = {f"plans.{model}": Kept("plan", family="family", shared=True) for model in MODELS}
SUBJECTS |= {
    "plans.PlanDocument": Kept("document", person="person", family="family", shared=True),
    "plans.PlanDocumentContent": Kept("document", person="document__person", family="document__family", shared=True),
}
