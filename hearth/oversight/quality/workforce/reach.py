"""Who reads whose bookings and training, as conditions that the database answers: `visible_to` and the policies ask alike."""

from typing import Any

from django.db.models import Q

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
