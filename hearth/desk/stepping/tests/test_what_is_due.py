"""On each page, a step up that waits is social care's to answer, and one that was answered is the lead's to read."""

import datetime as dt
import re
from typing import Any

from django.urls import reverse

from hearth.casework.cases.due import keep_nearest
from hearth.casework.cases.models import DueItem
from hearth.casework.cases.steps.actions import decline_step_up
from hearth.desk.queries import due_counts
from hearth.desk.waiting import waiting_for
from hearth.foundation.core import clock

WAITING, READ = (
    "Waiting for children&#39;s social care to answer a step up",
    "Read what children&#39;s social care answered",
)
ASK = "Children's social care has not answered the step up of the Ashworth family in time: ask them"


def test_what_waits_reads_as_social_cares_and_what_was_answered_as_the_leads(
    up: Any, case: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    lead, hub = cast.family_worker, cast.safeguarding_hub_social_worker
    late = clock.today() - dt.timedelta(days=2)
    with as_(lead):
        DueItem.objects.filter(case=case).update(due_on=late)
        keep_nearest(case)
        assert due_counts(lead) == {"all": 0, "late": 0, "week": 0}, "it is not the lead's own late work"
    client = as_client(lead)
    pages = {
        "overview": reverse("family", args=[case.family.reference]), "case": reverse("case", args=[case.reference]),
        "cases": reverse("work"), "to do": reverse("to_do"), "home": reverse("home"),
    }  # fmt: skip

    def shown(name: str) -> str:
        # What is due may be a link: the words beside the cell that says whose it is are what is read here.
        return re.sub(r"\s+", " ", client.get(pages[name]).content.decode()).replace("</a></th>", "</th>")

    for name in ("overview", "case"):
        assert f"{WAITING}</th><td>Children&#39;s social care</td>" in shown(name), name
        assert "Late: ask them" in shown(name), name
    assert WAITING in shown("cases") and WAITING not in shown("to do")
    with as_(hub):
        decline_step_up(by=hub, step=up, decline_reason="threshold_not_met", answer="Go on with your plan.")
    for name in pages:
        assert READ in shown(name) and WAITING not in shown(name), name
    assert f"{READ}</th><td>{lead.full_name}</td>" in shown("overview")
    client.post(reverse("read_step_answer", args=[up.reference]))
    for name in pages:
        assert READ not in shown(name), name


def test_the_lead_is_told_to_ask_when_social_care_is_late(up: Any, cast: Any, as_: Any) -> None:
    lead = cast.family_worker
    after = dt.datetime.combine(up.answer_by_on + dt.timedelta(days=1), dt.time(12), clock.LONDON)
    with as_(lead), clock.frozen(after):
        found = {each.words: (each.url, each.late) for each in waiting_for(lead)}
    assert found[ASK] == (reverse("step", args=[up.reference]), 0)
    with as_(lead):
        assert ASK not in {each.words for each in waiting_for(lead)}
