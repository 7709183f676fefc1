"""Which families a reader may see claims of, as one question that the database answers: `visible_to` and the policies ask it alike."""

from django.db.models import BooleanField, F, Func


def may_claim(family: str) -> Func:
    """A condition for `filter()`, on the column that holds a family's key."""
    return Func(F(family), function="hearth_may_claim", output_field=BooleanField())
