"""Families of concern: rules that a person can read, worked out from what partners sent, decided by a person.

Owns the words framework, indicator, rule, flag, evidence, family of concern, run. Files are `feeds`, who is who is
`matching`; help is offered a floor above, on `desk`. No score, and no flag without its evidence.
"""
