"""One address's rightful reader, and who the readers are, by their part in the cast."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Way:
    """The rightful reader; what each argument is (`where` for the reference); and what is typed beside the page's own.

    `on` names the page that has the button, where the address has none of its own.
    """

    reader: str
    where: str = ""
    more: dict[str, str] = field(default_factory=dict)
    typed: dict[str, Any] = field(default_factory=dict)
    on: str = ""


WORKER, DOOR, MANAGER, HUB = "family_worker", "front_door_officer", "manager", "safeguarding_hub_social_worker"
GOVERNS, ADMIN, ASKER, ANALYST = "information_governance", "administrator", "practitioner", "analyst"
DISTRICT, CHECKER, AUDITOR = "development_officer", "strategic_lead", "quality_auditor"
PROVIDER, STEWARD = "provider", "commissioner"
RUNS, LEAD = "panel_coordinator", "quality_lead"
