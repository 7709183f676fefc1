"""Who may see a touchpoint fact, in SQL. Used by migrations only."""

from hearth.intelligence.insight.involvement.policies import INVOLVEMENT

# As of an involvement: opened for that kind of information, and nobody linked with them is restricted.
TOUCHPOINT_FACT = INVOLVEMENT.replace("insight_involvement.", "insight_touchpointfact.")
