"""Scoring by a panel: conflicts declared first, each scorer by themselves, then what all of them agree on."""
