"""Asking a service of the directory to help with what a plan needs, and its answer, which comes back into the plan.

Owns the words service referral and answer of a service. Whoever answers for the service reads what was asked and whom it is for, and
nothing else of the family; a service whose people do not sign in answers as it always did, and somebody writes that down.
"""
