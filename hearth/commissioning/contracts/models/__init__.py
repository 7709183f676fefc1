"""The tables of contracts: what was agreed, varied, visited, claimed and paid, and how it ended."""

from hearth.commissioning.contracts.models.agreed import (
    Milestone,
    MilestoneState,
    PaymentTerm,
    Profile,
    Target,
    TargetKind,
    TargetUnit,
    Variation,
    VariationState,
)
from hearth.commissioning.contracts.models.contracts import (
    STANDING,
    Contract,
    ContractPart,
    ContractState,
    PartCommitment,
)
from hearth.commissioning.contracts.models.endings import Decommissioning, DecommissioningState, FamilyDestination
from hearth.commissioning.contracts.models.payments import ClaimState, ClaimWords, OutcomeClaim, Payment, PaymentLine
from hearth.commissioning.contracts.models.visits import QualityVisit, VisitAction

__all__ = [
    "STANDING", "ClaimState", "ClaimWords", "Contract", "ContractPart", "ContractState", "Decommissioning", "DecommissioningState",
    "FamilyDestination", "Milestone", "MilestoneState", "OutcomeClaim", "PartCommitment", "Payment", "PaymentLine", "PaymentTerm",
    "Profile", "QualityVisit", "Target", "TargetKind", "TargetUnit", "Variation", "VariationState", "VisitAction",
]  # fmt: skip
