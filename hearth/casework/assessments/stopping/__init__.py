"""Stopping an assessment that will not be finished, with the reason, and taking it up again. Nothing written is lost."""
