"""What people type about milestones."""

from django import forms

from hearth.commissioning.contracts.forms import NOBODY
from hearth.foundation.ui import fields


class ReachMilestoneForm(forms.Form):
    """It is reached."""

    mark_optional = False
    reached_on = fields.DateField("When was it reached?", latest="today", missing="Enter the day")
    evidence = fields.TextField(
        "How does one know?",
        max_length=300,
        missing="Say how one knows",
        help_text=f"For example a register’s reference. {NOBODY}",
    )


class CertifyMilestoneForm(forms.Form):
    """Certified, or sent back."""

    mark_optional = False
    certify = fields.YesNoField("Is it reached?", missing="Say whether it is reached")
    words = fields.TextField(
        "What do you say of it? (if not reached, why)",
        max_length=300,
        required=False,
        help_text=f"The provider reads it. {NOBODY}",
    )


class PayForm(forms.Form):
    """A payment."""

    mark_optional = False
    paid_on = fields.DateField("When is it paid?", latest="today", missing="Enter the day")
    voucher = fields.TextField(
        "Its number in the council’s books (optional)",
        max_length=36,
        required=False,
        width=10,
        help_text="So that it is never posted twice.",
    )
