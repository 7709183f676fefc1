"""How long a strategy is kept. It is about the service, and names nobody who is helped."""

from hearth.foundation.core.subjects import Kept

NOBODY = "what the authority means to achieve, and nobody who is helped"

SUBJECTS: dict[str, Kept] = {
    f"strategy.{name}": Kept("oversight", why=NOBODY)
    for name in ("Strategy", "StrategyPriority", "StrategyAction", "StrategyProgress", "StrategyEvidence", "StrategyReport")
}  # fmt: skip
