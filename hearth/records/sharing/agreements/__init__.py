"""Agreements between the authority and its partners: what may be shared, for what, from when until when. Enforced, not filed."""
