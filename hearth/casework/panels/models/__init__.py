"""Panels, their members and meetings."""

from hearth.casework.panels.models.panels import Panel, PanelMeeting, PanelMember, Place

__all__ = ["Panel", "PanelMeeting", "PanelMember", "Place"]
