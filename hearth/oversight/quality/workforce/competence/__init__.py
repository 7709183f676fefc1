"""What people hold, what runs out and what is missing: for oneself, for a team, and for the workforce of a district."""
