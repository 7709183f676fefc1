"""Hearth: early help for a council and its partners. Rooms and floors are in docs/architecture.md."""
