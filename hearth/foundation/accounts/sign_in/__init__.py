"""Signing in: a password or a passkey, a second step, the council's own directory; and what follows when time runs out.

Owns the words second step, recovery code, lock-out and sitting (one signed-in session). allauth does the parts where a
mistake is a break-in; this says how it behaves here. Who somebody is and what they may do stays with the folder above.
"""
