"""A family's lead practitioner asks for a volunteer; a coordinator chooses one; the family agrees; visits, hours, reviews and the end."""
