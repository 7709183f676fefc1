"""Letters and pictures attached to a plan."""
