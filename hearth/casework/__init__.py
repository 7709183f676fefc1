"""Doing the work: the case is the spine, and requests, assessments and plans meet there."""
