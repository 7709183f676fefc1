"""How long what this room holds is kept. A contract names nobody who is helped; whose outcome it was goes with the family."""

from hearth.foundation.core.subjects import Kept

NOBODY = "what was agreed with a provider and paid, and nobody who is helped"

SUBJECTS: dict[str, Kept] = {
    **{
        f"contracts.{name}": Kept("money", why=NOBODY)
        for name in (
            "Contract", "ContractPart", "PartCommitment", "Milestone", "Target", "Profile", "PaymentTerm", "Variation", "QualityVisit",
            "VisitAction", "OutcomeClaim", "Payment", "PaymentLine", "Decommissioning",
        )
    },
    "contracts.ClaimWords": Kept("plan", family="family"),
    "contracts.FamilyDestination": Kept("plan", family="family"),
}  # fmt: skip
