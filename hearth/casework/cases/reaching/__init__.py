"""Reaching a family that is hard to engage: what was noticed, what may be in the way, what is tried, and how it ended.

Owns the words reaching plan and try. A case is never closed for silence: only after these tries, and a manager's
agreement.
"""
