"""Actions of a plan: who does what by when, ticked when it is done."""
