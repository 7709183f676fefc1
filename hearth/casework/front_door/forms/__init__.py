"""What a person may type at the front door. The request form is drawn from the practice pack."""

from hearth.casework.front_door.forms.request import RequestForm, WriteRequestForm
from hearth.casework.front_door.forms.small import (
    AnswerFrontDoorForm,
    DiscardRequestForm,
    SignsForm,
    WithdrawRequestForm,
)

__all__ = [
    "AnswerFrontDoorForm",
    "DiscardRequestForm",
    "RequestForm",
    "SignsForm",
    "WithdrawRequestForm",
    "WriteRequestForm",
]
