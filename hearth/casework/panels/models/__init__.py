"""Panels with their members and meetings, what is brought to them, and what they decide."""

from hearth.casework.panels.models.items import (
    AGES,
    SHOWN_AS,
    Coming,
    Known,
    ListEntry,
    PanelItem,
    PanelReply,
    Status,
    may_read_item,
)
from hearth.casework.panels.models.panels import Panel, PanelMeeting, PanelMember, Place
from hearth.casework.panels.models.questions import Question
from hearth.casework.panels.models.running import DeclaredInterest, PanelAction, PanelAttendance, PanelDecision

__all__ = [
    "AGES",
    "SHOWN_AS",
    "Coming",
    "DeclaredInterest",
    "Known",
    "ListEntry",
    "Panel",
    "PanelAction",
    "PanelAttendance",
    "PanelDecision",
    "PanelItem",
    "PanelMeeting",
    "PanelMember",
    "PanelReply",
    "Place",
    "Question",
    "Status",
    "may_read_item",
]
