"""The plan a family agrees to: what they want, who does what by when, meetings of the team, reviews, and closing.

Owns the words plan, outcome, measure, starting score, action, meeting, attendance, review and distance travelled.
The team and its lead practitioner belong to `cases`; what the family needs is found in `assessments`.
"""
