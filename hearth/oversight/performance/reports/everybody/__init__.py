"""Published reports, which anybody reads without signing in."""
