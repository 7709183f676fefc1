"""Letters and pictures attached to an assessment. A version after a signed-off one shows those of the versions before it."""
