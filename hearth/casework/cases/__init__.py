"""The spine: one family's episode of help, its lead practitioner, the team around the family, and what is due.

Owns the words case, lead practitioner, team around the family, due item; in `notes` visits and calls, in `steps`
stepping up to and down from social care. Assessments and plans hang from a case and live in rooms of their own.
"""
