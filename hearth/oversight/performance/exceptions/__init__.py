"""Exception reports: what is behind or has changed for the worse, the worst first, and what whoever answers for it says is done about it."""
