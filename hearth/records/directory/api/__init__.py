"""The directory as Open Referral UK, for other systems: 3.0 at /api/open-referral/ (levels 1 and 2), and 1.0 beside it.

Public and read only: it tells what any page of the directory tells, and is counted by address so that nobody floods it.
"""
