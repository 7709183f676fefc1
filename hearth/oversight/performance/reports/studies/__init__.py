"""Case studies of a report: told with consent, every name changed, and taken out when consent is withdrawn."""
