"""Notes: a visit, a call, a message, a meeting, a contact that failed; who was seen, and each child alone or not.

Owns the words note, note version and person seen. A note is corrected by a new version and never erased. Minutes of the
team around the family belong to `plans`; what is planned for a family that is hard to engage belongs to `reaching`.
"""
