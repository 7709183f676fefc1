"""Who reads whose bookings and training, as conditions that the database answers: `visible_to` and the policies ask alike."""

from typing import Any

from django.db.models import BooleanField, F, Func, Q

from hearth.records.people.reach import called

SEES, TEAM, LEADS = "see_courses", "see_team_training", "lead_workforce"


def trained(user: Any, column: str) -> Q:
    """A condition on the column of a person: oneself, those of one's own organisation whom one looks after, those whom one leads."""
    return Q(**{f"{column}__one_of": called("hearth_training_of", user)})


def reads_booking(user: Any) -> Q:
    """The same of a booking; those of runs that one organises; and every one, for whoever leads the workforce."""
    if user.may(LEADS):
        return Q()
    return trained(user, "person") | Q(run__organiser_id=user.id)


def knows_of_supervision(user: Any) -> Q:
    """A condition on a supervision: the two, and whoever looks after the supervisor."""
    return Q(worker_id=user.id) | Q(supervisor_id=user.id) | Q(supervisor__one_of=called("hearth_staff_of", user))


def reads_supervision(column: str) -> Func:
    """A condition on the column of a supervision: the two, and whoever opened it for a reason that lasts."""
    return Func(F(column), function="hearth_reads_supervision", output_field=BooleanField())
