"""The one point of entry: a request for help from a partner, a family or a caller, and what the front door answers.

Owns the words request, person as typed, message; in `triage` queue, clock, pause, match, decision and telling the
referrer. A request accepted for work opens its case a floor above, in `desk.deciding`; the family's own pages
are `doorstep`.
"""
