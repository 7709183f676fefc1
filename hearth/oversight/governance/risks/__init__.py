"""The risk log: what may go wrong with early help, how likely and how bad, who answers for it; met on, escalated and answered.

Owns the words risk, assessment of a risk, control, action point, meeting on the log, escalation. The scales, the words and the levels are
the pack's (`governance.toml`). It is about the service and names no family.
"""
