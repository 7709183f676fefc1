"""What belongs to no single room: journeys, architecture, the browser, security, the two commands."""
