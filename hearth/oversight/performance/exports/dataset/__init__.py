"""The Standard Safeguarding Dataset, as far as early help can fill it: its tables, and the SQL that gives their rows."""
