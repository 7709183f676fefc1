"""Audits of assessments: samples drawn by a seed, grades given blind, moderation, findings to the worker and their reply, re-audit.

Owns the words audit tool, audit sample, audit, grade, item grade, result, audit action. Tools, themes and routes are data of the practice
pack. It reads assessments, and leaves to them what is written there.
"""
