"""Reads another authority's directory, told as Open Referral UK (3.0 or 1.0), page by page and what changed since; once however often.

An entry that is not as the standard says is set aside with each thing wrong with it. What comes from a feed is put right there.
"""
