"""kill -9 of the web server in the middle of every form there is: each is wholly undone, or says here why it is not tried.

A form is killed by itself in test_pull_the_plug.py where it is also sent again; here it is enough that nothing is left of it.
"""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.test import Client
from django.urls import reverse

from hearth.casework.universal.models import BANDS
from hearth.doorstep.tests.test_asking_as_a_family import typed as family_typed
from hearth.foundation.accounts.testing import sign_in_fully
from hearth.oversight.performance.reports.periods import periods
from hearth.oversight.programmes.forms import NONE
from tests.forms.every_form import Killing, in_turns, saving_routes
from tests.forms.test_pull_the_plug import SAVES
from tests.forms.town import Town
from tests.forms.web import Server, Visitor, serving, visitor
from tests.security.hostile.addresses import NAMED
from tests.security.hostile.filling import filled, in_days
from tests.security.hostile.volunteers_ways import COORDINATOR
from tests.security.hostile.walking import Answer, go
from tests.security.hostile.way import (
    ADMIN,
    ANALYST,
    CHECKER,
    DISTRICT,
    DOOR,
    GOVERNS,
    HUB,
    LEAD,
    MANAGER,
    PROVIDER,
    STEWARD,
    WORKER,
    Way,
)
from tests.security.hostile.ways import Stop, of_somebody, stop_at

INVESTED = dict.fromkeys(
    ("invested_pence", "cap_pence", "day_pence", "care_pence", "children", "fewest_children", "months", "recruit_months"), "1"
) | dict.fromkeys(("baseline", "target", "cautious", "hopeful", "cashable"), "10")  # fmt: skip
# Forms about nobody yet, with who sends them. All others are found by the addresses that hostile readers walk.
ABOUT_NOBODY_YET = {
    "change_details": Way(WORKER), "invite_person": Way(MANAGER), "add_team": Way(ADMIN), "add_organisation": Way(ADMIN),
    "open_family": Way(WORKER), "write_agreement": Way(GOVERNS), "ask_for_help": Way(WORKER), "hand_down_request": Way(HUB),
    "note_telephone_request": Way(DOOR), "make_feed_token": Way(ANALYST),
    "ask_for_export": Way(GOVERNS, typed=in_days("from_on", -182) | in_days("to_on", 0)),
    "start_report": Way(DISTRICT, typed={"area": "burnley", "period": periods()[7].code}),
    "start_theme": Way(DISTRICT), "add_fund": Way(STEWARD), "add_valuation": Way(STEWARD, typed={"cost_pence": "1"}),
    "load_price_index": Way(STEWARD, typed={"figures": "2024/25, 100\n2025/26, 103"}),
    "add_investment": Way(STEWARD, typed=INVESTED),
    "draft_intention": Way(STEWARD, typed={"pence": "1"} | in_days("buy_by", 90)),
    "open_grant_round": Way(STEWARD, typed={"pence": "1", "most_pence": "1"}),
    "tell_of_bid": Way(PROVIDER, typed={"pence": "1"} | in_days("due_on", 90)),
    "add_panel": Way(DISTRICT, typed={"kind": "district_panel", "area": "burnley", "starts_at": "9:30am", "ends_at": "12pm"}),
    "record_universal_activity": Way(WORKER, typed={name: "4" for name, _ in BANDS}),
    "list_organisation": Way(STEWARD, typed={"website": "https://example.org"}),
    "ask_without_name": Way(
        WORKER, typed={"of": "hub", "panel": "", "area": "burnley", "themes": ["housing"], "words": "Whom do we ring about damp?"}
    ),
    "add_service": Way(PROVIDER, typed=NAMED["change_service"].typed),
    "recruit_volunteer": Way(COORDINATOR, typed={"travels_miles": "5", "most_families": "1"} | in_days("born_on", -9000)),
    "raise_training_need": Way(LEAD, typed={"area": ""}),
    "start_supervision": Way(MANAGER, typed={"every_weeks": "4"}),
    "add_course": Way(LEAD, typed={"competence": "", "valid_months": ""}),
    "write_contract": Way(STEWARD, typed={"award": "", "agreement": ""} | in_days("ends_on", 90)),
    "write_tender": Way(
        STEWARD,
        typed={"questions_time": "9am", "deadline_time": "12pm", **in_days("questions_on", 5), **in_days("deadline_on", 20)},
    ),
    "log_risk": Way(DISTRICT, typed={"area": "burnley", "only_roles": []}),
    "start_risk_meeting": Way(STEWARD, typed={"area": "chorley"}),
    "note_member_request": Way(DISTRICT, typed={"area": "burnley", "only_roles": []}),
    "start_strategy": Way(CHECKER, typed=in_days("until_on", 90)),
}  # fmt: skip
# What is typed here beside what a page is filled in with, where that would change nothing.
CHANGED = {
    "write_section": {"took_part": "Kelly and both children", "looks_healthy": "not_sure"},
    "name_needs": {"need_1": NONE},
    "describe_theme": {"title": "Nobody gets there on a Sunday"},
    "cite_evidence": {"chosen": "cases:housing"},
    "change_intention": {"title": "Somebody who interprets on a Sunday"},
    "change_member_request": {"what": "Somebody who interprets on a Sunday"},
    "change_strategy": {"what": "Somebody who interprets on a Sunday"},
    "change_strategy_action": {"what": "Somebody who interprets on a Sunday"},
    "write_report_section": {"words": "Somebody who interprets on a Sunday"},
    "change_case_study": {"title": "Somebody who interprets on a Sunday"},
    "change_risk": {"controls": "Somebody who interprets on a Sunday"},
}
# Saves that say in the trail what they do before they do it: the table in which they end.
ENDS_IN = {
    "discard_request": "front_door_request", "give_to_team": "people_access", "move_family": "people_familyevent",
    "leave_team": "cases_teammember", "remove_identifier": "people_identifier", "remove_name": "people_personname",
}  # fmt: skip
LOOKS = "it only looks, or hands something over: nothing is saved"
OWN_ACCOUNT = "a secret of one's own account: one row, and whoever sees no answer is asked again as they sign in"
EXCUSED = {
    "find_trail": LOOKS, "look_up_people": LOOKS, "known_person": LOOKS, "ui_kit": LOOKS, "download_claims": LOOKS,
    "download_universal": LOOKS, "download_assessment": LOOKS, "download_assessment_counts": LOOKS, "download_unmet_needs": LOOKS,
    "download_early_years_places": LOOKS, "download_panel_times": LOOKS, "download_ledger": LOOKS, "download_budgets": LOOKS,
    "download_value": LOOKS, "download_needs": LOOKS, "download_grants": LOOKS, "download_scores": LOOKS, "pathways": LOOKS, "pathway": LOOKS,
    "add_passkey": OWN_ACCOUNT, "set_up_app": OWN_ACCOUNT, "remove_app": OWN_ACCOUNT, "renew_recovery_codes": OWN_ACCOUNT,
    "change_password": OWN_ACCOUNT, "choose_password": OWN_ACCOUNT, "forgotten_password": OWN_ACCOUNT, "sign_in_again": OWN_ACCOUNT,
    "keep_draft": "killed while it keeps what somebody types, in test_pull_the_plug.py",
    "discard_draft": "one row, and a draft that is still there is offered again", "send_file": "killed in test_pull_the_feeds.py",
    "send_feed_file": "killed as send_file is: the same action",
    "load_ledger": "one transaction: that a file is loaded whole or not at all is in records/money/tests/test_loading.py",
    "import_workbook": "killed in test_pull_the_worker.py", "start_run": "killed in test_pull_the_insight.py",
    "start_link_run": "killed in test_pull_the_link.py",
    "start_directory_run": "one row and its job; the reading breaks off in directory/tests/test_reading.py",
    "note_restricted_searches_seen": "one statement: all that is unread is seen, or none",
    "ask_as_family": "its answer is kept in the session until the request is sent",
    "place_restriction": "asks once more before it is done; lift_restriction, which writes the same rows, is killed",
    "check_claim": "one row, after a look that waits for the trail; withdraw_claim, which writes that row, is killed",
    "draw_sample": "draws by chance from claims of a quarter; note_finding and the claims themselves are killed", "download_export": LOOKS,
    "download_audit_sample": LOOKS, "download_audit_findings": LOOKS,
    "draw_audit_sample": "draws from no fewer assessments than five; draw_re_audit, which writes the same rows, is killed",
    "erase_listed": "asks once more before it is done, and is one statement: returns/tests/test_matching.py",
    "follow_calls": "one row, which a unique constraint lets through once", "stop_following": "one row is taken out, in one statement",
    "download_performance": LOOKS, "download_workload": LOOKS,
    "download_project": LOOKS, "download_missed_opportunities": LOOKS, "download_contracts": LOOKS,
    "download_returns": LOOKS,
    "record_counted_days": "nothing is counted in the town; record_care_days, which writes the same rows, is killed",
    "download_volunteer_hours": LOOKS,
    "download_report": LOOKS,
    "download_team_training": LOOKS,
    "download_risks": LOOKS,
    "download_member_requests": LOOKS,
}  # fmt: skip


@pytest.fixture(scope="module")
def stops(town: Town, django_db_blocker: Any) -> list[Stop]:
    """Each form as its rightful reader sends it."""
    clients: dict[str, Client] = {}

    def as_reader(key: str) -> Client:
        if key not in clients:
            clients[key] = Client(raise_request_exception=False)
            sign_in_fully(clients[key], getattr(town.world.cast, key))
        return clients[key]

    with django_db_blocker.unblock():
        found = [stop_at(town.world, as_reader, route, entry) for route, entry in of_somebody()]
        found += [_stop_of_nobody(as_reader(way.reader), name, way) for name, way in ABOUT_NOBODY_YET.items()]
    for stop in found:
        if stop.body is not None:
            stop.body.update({name: value for name, value in CHANGED.get(stop.name, {}).items() if name in stop.body})
    family = Stop("write_family_request", reverse("write_family_request"), Way(""), _NOTHING, family_typed(signs=""))
    return [stop for stop in [*found, family] if stop.body is not None and stop.name not in EXCUSED]


_NOTHING = Answer(0, "", "", "", frozenset())


def _stop_of_nobody(client: Client, name: str, way: Way) -> Stop:
    path = reverse(name)
    seen = go(client, path)
    body = filled(seen.text, path)
    assert body is not None, f"{name} has no form for {way.reader}"
    return Stop(name, path, way, seen, body | way.typed)


@pytest.fixture(scope="module")
def server(town: Town) -> Iterator[Server]:
    """The product, serving the town, with room for several who wait."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HEARTH_WEB_THREADS", "16")
        with serving(town) as made:
            yield made


@pytest.fixture
def arrive(server: Server, django_db_blocker: Any) -> Callable[[set[str]], Callable[[str], Visitor]]:
    """A browser of each of these readers, just signed in; each has opened a page, and so has its token. Of nobody too."""

    def made(keys: set[str]) -> Callable[[str], Visitor]:
        found: dict[str, Visitor] = {}
        with django_db_blocker.unblock():
            for key in keys:
                found[key] = visitor(server, getattr(server.town.world.cast, key)) if key else Visitor(server)
                found[key].open("/" if key else reverse("ask_as_family"))
        return found.__getitem__

    return made


def test_killed_in_the_middle_of_any_form_nothing_of_it_is_left(
    server: Server, stops: list[Stop], arrive: Callable[[set[str]], Callable[[str], Visitor]]
) -> None:
    with psycopg.connect(server.town.owner, autocommit=True) as watching:
        killing = Killing(server, arrive({stop.way.reader for stop in stops}), ENDS_IN, watching)
        alone = [stop for turn in in_turns(stops, ENDS_IN) if killing.fault_of(turn) for stop in turn]
        tried = {stop.path: killing.fault_of_one(stop, arrive({stop.way.reader})) for stop in alone}
    assert {path: fault for path, fault in tried.items() if fault} == {}
    assert len(stops) > 130


def test_every_form_is_killed_or_says_why_not(stops: list[Stop]) -> None:
    killed, saving = {stop.name for stop in stops} | {save.name for save in SAVES}, saving_routes()
    assert saving - killed - set(EXCUSED) == set(), "Kill it in the middle of its save, or say why not."
    assert set(EXCUSED) - saving == set(), "There is no such form any more."
    assert set(EXCUSED) & killed == set(), "It is killed: it needs no excuse."
    assert killed - saving == set(), "saving_routes() no longer sees all forms."
    assert set(ABOUT_NOBODY_YET) | set(CHANGED) | set(ENDS_IN) <= killed
