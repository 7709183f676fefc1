"""The front door's own work on a request: queue, clocks, pauses, who is who, the decision, and telling the referrer.

Owns the words pause, match, note, decision, telling. None of it but the pauses and the telling is read by the referrer.
"""
