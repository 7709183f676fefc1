"""One's own account: details that colleagues see, the password, and the ways to do the second step.

Owns the words authenticator app, passkey and recovery codes as their owner sees them.
"""
