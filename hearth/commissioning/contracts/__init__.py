"""Contracts: what was agreed with a provider, for how much, by when; what was reached, visited, claimed and paid; and how it ends.

Owns the words contract, part, milestone, target, profile, payment term, variation, quality visit, outcome claim, payment and
de-commissioning. Money moves in `records/money`; what it was bought for is `needs`', and how it was awarded `procurement`'s.
"""
