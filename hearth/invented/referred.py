"""Services that plans asked to help: one that has not answered, one that helps and whose answer is unread, one that cannot.

Of the council's own services, and of a school's, with which there is an agreement; told by the product's own actions.
"""

import datetime as dt
from typing import Any

from hearth.casework.cases.queries import people_of
from hearth.casework.plans.models import Outcome, Plan
from hearth.casework.plans.referring.actions import answer_service_referral, refer_to_service
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.invented.story import Place
from hearth.records.directory.models import Service

# So many days ago asked, what was asked for, and the answer with how many days ago it came.
ASKED: tuple[tuple[int, str, tuple[int, dict[str, Any]] | None], ...] = (
    (4, "They would like to meet other families, and somebody to talk to about sleep.", None),
    (12, "A regular morning away from home, with other parents near by.", (2, {"status": "accepted", "answer": "Come on Monday. Ask for Jo."})),
    (15, "Help with saying no, and with evenings.",
     (5, {"status": "declined", "reason": "waiting_list", "answer": "Our next course is full. The one after it begins in spring."})),
)  # fmt: skip


def tell_referred(cast: dict[str, Any], place: Place) -> None:
    """In the first district, from the latest plans that are live; as many as there are."""
    worker, manager = place.worker, cast["manager"]
    with acting_as(worker):
        live = Plan.objects.filter(status="agreed", case__lead=worker, case__area=place.area).exclude(
            case__stage="closed"
        )
        plans = list(
            live.select_related("case__family", "case__area", "case__lead", "family").order_by("-created_at", "id")[
                : len(ASKED)
            ]
        )
        services = list(
            Service.objects.running()
            .filter(organisation__agency=worker.organisation)
            .order_by("name", "id")[: len(ASKED)]
        )
    for plan, service, (days, words, answer) in zip(plans, services, ASKED, strict=False):
        with clock.frozen(clock.now() - dt.timedelta(days=days)), acting_as(worker):
            asked = refer_to_service(
                by=worker, plan=plan, service=service, people=people_of(worker, plan.family)[:1], words=words,
                contact="By text, after school. Leave no message on the house telephone.",
                outcome=Outcome.objects.filter(plan=plan, state="open").order_by("number").first(),
            )  # fmt: skip
        if answer is not None:
            with clock.frozen(clock.now() - dt.timedelta(days=answer[0])), acting_as(manager):
                answer_service_referral(by=manager, referral=asked, **answer[1])
