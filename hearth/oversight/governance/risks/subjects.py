"""How long the risk log is kept. It is about the service, and names nobody who is helped."""

from hearth.foundation.core.subjects import Kept

NOBODY = "what may go wrong with the service, and nobody who is helped"

SUBJECTS: dict[str, Kept] = {
    f"risks.{name}": Kept("oversight", why=NOBODY)
    for name in ("Risk", "RiskMeeting", "RiskAssessment", "RiskAction", "RiskEscalation")
}
