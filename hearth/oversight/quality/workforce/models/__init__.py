"""The room's nouns."""

from hearth.oversight.quality.workforce.models.courses import BookingState, Course, CourseBooking, CourseRun, RunState
from hearth.oversight.quality.workforce.models.needs import NeedAnswer
from hearth.oversight.quality.workforce.models.supervision import Supervision, SupervisionNote, SupervisionOpening
from hearth.oversight.quality.workforce.models.training import TrainingRecord

__all__ = [
    "BookingState",
    "Course",
    "CourseBooking",
    "CourseRun",
    "NeedAnswer",
    "RunState",
    "Supervision",
    "SupervisionNote",
    "SupervisionOpening",
    "TrainingRecord",
]
