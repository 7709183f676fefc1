"""Volunteers: recruited, checked, trained, approved by somebody else, matched with a family by a person, their hours, reviews and end.

Owns the words volunteer, reference of a volunteer, check, interview, volunteer request, match, visit of a volunteer. A volunteer does not sign
in and sees nothing: the coordinator hands them a sheet. A coordinator opens no family: they read what its lead practitioner wrote for them.
"""
