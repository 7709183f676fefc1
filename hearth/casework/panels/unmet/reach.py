"""Who may read an unmet need, a theme and what was written: one condition each, which `visible_to` and the row policies share."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from hearth.casework.front_door.models import Request
from hearth.records.people.models import Family
from hearth.records.people.reach import _Ids, called, kept_from, may_open_family

WORKS = "work_themes"
ANSWERS = "answer_escalated_needs"


def theme_areas(user: Any, permission: str) -> _Ids:
    """Districts in which the user holds the permission, a partner's people too: what is read there names nobody."""
    return _Ids("hearth_theme_areas", user, permission)


class KeptApart(_Ids):
    """Needs that are in no figure, since whose they are is restricted."""

    def __init__(self) -> None:
        super(_Ids, self).__init__(function="hearth_unmet_kept_apart")


def may_open_whose(user: Any) -> Q:
    """Whoever may open the plan of its family; of a request that no family has come of, whoever may read the request."""
    opens = Exists(Family.objects.filter(may_open_family(user, category="plan")).filter(pk=OuterRef("family_id")))
    reads = Exists(Request.objects.visible_to(user).filter(pk=OuterRef("request_id")))
    return Q(opens) | Q(family=None) & Q(reads)


def may_read_need(user: Any) -> Q:
    """Those; whoever recorded or met it; who runs the panel that decided it; and, without a name, who works its district's themes."""
    mine = (Q(recorded_by_id=user.id) | Q(met_by_id=user.id)) & ~Q(family__one_of=kept_from(user))
    mine |= Q(pk__one_of=called("hearth_panel_needs", user))
    themes = Q(area__one_of=theme_areas(user, WORKS)) & ~Q(pk__one_of=KeptApart())
    return may_open_whose(user) | mine | themes


def may_read_theme(user: Any, needs: Any) -> Q:
    """Whoever sees counts; who works or answers the themes of its district; and whoever may read a need that is in it."""
    sees = Q(area__one_of=theme_areas(user, WORKS)) | Q(area__one_of=theme_areas(user, ANSWERS))
    if user.may("see_counts"):
        return Q()
    return sees | Q(Exists(needs.filter(theme=OuterRef("pk"))))
