"""States that a story does not reach: steps, endings, restrictions, people who came and went; and rows of no family."""

import datetime as dt
import hashlib
import io
import uuid
from types import SimpleNamespace
from typing import Any

import openpyxl
from allauth.mfa.models import Authenticator

from hearth.casework.assessments.actions import return_assessment, send_assessment, start_new_version
from hearth.casework.assessments.boxes import EACH_CHILD
from hearth.casework.assessments.queries import form_of
from hearth.casework.cases.actions import join_team, leave_team, open_case
from hearth.casework.cases.reaching.actions import end_reaching, plan_try, record_try, start_reaching
from hearth.casework.cases.steps.actions import accept_step_up, request_step_down, request_step_up
from hearth.casework.cases.steps.rules import PackItem, StepBasis
from hearth.casework.front_door.actions import start_request
from hearth.casework.front_door.triage.actions import write_note
from hearth.casework.plans.closing.actions import close_case
from hearth.casework.universal.actions import record_universal_activity
from hearth.desk.deciding.actions import decide_request
from hearth.desk.imports.actions import import_workbook, read_workbook
from hearth.foundation.accounts.actions import close_account
from hearth.foundation.accounts.models import Area
from hearth.foundation.accounts.sign_in.queries import second_steps_of
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.foundation.ui.kept import save_draft
from hearth.records.documents.tests.files import pdf
from hearth.records.people.actions import add_person, open_family
from hearth.records.people.models import Access
from hearth.records.people.restrictions.actions import grant_restricted_access, place_restriction
from hearth.records.people.tree.actions import answer_missing
from hearth.records.sharing.actions import record_consent, withdraw_consent
from hearth.records.sharing.agreements.actions import end_agreement, write_agreement
from hearth.records.sharing.queries import withdrawable
from tests.security.hostile import (
    audits,
    beside,
    buying,
    claims,
    concerns,
    contracts,
    disposals,
    exports,
    linked,
    listed,
    measured,
    members,
    money,
    panels,
    papers,
    referred,
    reports,
    returns,
    risks,
    strategies,
    tenders,
    trained,
    unmet,
    volunteers,
    worth,
)
from tests.security.hostile.words import CLOSED, OPEN, RESTRICTED, SHIELDED

AGREED = StepBasis("consent", f"{OPEN}planned consent", agreed_on=clock.today())
LETTER = pdf()
ITEMS = [
    PackItem("note", f"{OPEN}noted item", f"<p>{OPEN}noted item</p>", {"words": f"{OPEN}noted item"}),
    PackItem(
        "document", f"{OPEN}noted.pdf", f"<p>{OPEN}noted.pdf</p>",
        {"name": f"{OPEN}noted.pdf", "media_type": "application/pdf", "sha256": hashlib.sha256(LETTER).hexdigest()},
        file=LETTER,
    ),
]  # fmt: skip
EVERYTHING = ["basic", "contact", "assessment", "plan", "notes"]


def everything_else(world: Any) -> None:
    """In the order in which it could have happened."""
    world.more.other_area = Area.objects.get(code=pack().areas.districts[1].code)
    _front_door(world)
    beside.of_requests(world)
    papers.others(world)
    _steps(world)
    beside.of_families(world)
    panels.plant(world)
    _came_and_went(world)
    _returned(world)
    _bare(world)
    claims.plant(world)
    unmet.plant(world)
    concerns.plant_recorded(world)
    _closed(world)
    _of_no_family(world)
    returns.agree(world)
    contracts.plant(world)
    returns.plant(world)
    beside.of_the_office(world, _workbook())
    beside.of_feeds(world)
    concerns.plant(world)
    linked.plant(world)
    listed.plant(world)
    referred.plant(world)
    money.plant(world)
    money.plant_budgets(world)
    worth.plant(world)
    buying.plant(world)
    measured.plant(world)
    risks.plant(world)
    members.plant(world)
    strategies.plant(world)
    tenders.plant(world)
    volunteers.plant(world)
    disposals.plant(world)
    _restricted(world)
    audits.plant(world)
    trained.plant(world)
    concerns.plant_involved(world)
    beside.looked_for(world)
    exports.plant(world)
    reports.plant(world)


def _front_door(world: Any) -> None:
    officer, asker = world.cast.front_door_officer, world.cast.practitioner
    with acting_as(officer):
        write_note(by=officer, request=world.families["waiting"].request, words=f"{OPEN}noted at the door")
        decided = decide_request(
            by=officer, request=world.families["decided"].request, outcome="advice", reason=f"{OPEN}asked too little",
            words_for_referrer=f"{OPEN}asked and answered", level="universal_plus",
        )  # fmt: skip
        world.families["decided"].request = decided
    with acting_as(asker):
        world.more.draft = start_request(by=asker, key=uuid.uuid4(), channel="partner", signs=["at_risk_of_harm"])
        save_draft(asker, f"/requests/{world.more.draft.reference}/write/", "", "one", {"worries": [f"{OPEN}asked"]})


def _steps(world: Any) -> None:
    worker, hub = world.cast.family_worker, world.cast.safeguarding_hub_social_worker
    up: dict[str, Any] = {"reason": "needs_not_met", "words": f"{OPEN}assessed", "basis": AGREED, "items": ITEMS}
    with acting_as(worker):
        for key in ("asked_up", "stepped_up", "handed_back"):
            planted = world.families[key]
            planted.step = request_step_up(by=worker, case=planted.case, **up)
    for key in ("stepped_up", "handed_back"):
        with acting_as(hub):
            planted = world.families[key]
            accept_step_up(by=hub, step=planted.step, basis=AGREED, answer=f"{OPEN}assessed answer")
    with acting_as(hub):
        planted.case.refresh_from_db()
        planted.down = request_step_down(by=hub, case=planted.case, **(up | {"reason": "plan_ended"}))


def _came_and_went(world: Any) -> None:
    """Colleagues and partners who were in the team; and one who is let in to the basic facts alone."""
    cast, case = world.cast, world.families["working"].case
    worker, govern, family = cast.family_worker, cast.information_governance, world.families["working"].family
    day: dict[str, Any] = {"from_on": clock.today(), "until_on": clock.today() + dt.timedelta(days=90)}
    with acting_as(worker):  # the school asked for help with the families' consent, which they take back
        for planted in (one for one in world.families.values() if hasattr(one, "case")):
            given = withdrawable(worker, planted.family, cast.practitioner.organisation.name)
            withdraw_consent(by=worker, family=planted.family, consents=given) if given else None
    with acting_as(govern):
        ends, basics = (
            write_agreement(
                by=govern, organisation=who.organisation, purposes=["early_help"], categories=what, document="ISA", **day
            )
            for who, what in ((cast.health_visitor, EVERYTHING), (cast.colleague, ["basic"]))
        )  # fmt: skip
        world.more.agreement = basics
    with acting_as(worker):
        record_consent(
            by=worker,
            family=family,
            organisations=[cast.charity_worker.organisation],
            who_decided="parent",
            recorded_how="spoken",
            decider=world.families["working"].mother,
            categories=EVERYTHING,
        )
        record_consent(
            by=worker, family=family, organisations=[cast.charity_worker.organisation], who_decided="adult",
            recorded_how="spoken", people=[world.families["working"].mother], categories=EVERYTHING,
        )  # fmt: skip
        for who in (cast.other_family_worker, cast.charity_worker, cast.health_visitor, cast.colleague):
            member = join_team(by=worker, case=case, user=who, role="practitioner")
            if who == cast.other_family_worker:
                leave_team(by=worker, case=case, member=member)
        world.families["working"].member = member
        agreed = withdrawable(worker, family, cast.charity_worker.organisation.name)
        withdraw_consent(by=worker, family=family, consents=agreed)
    with acting_as(govern):
        end_agreement(by=govern, agreement=ends, why="A test")


def _returned(world: Any) -> None:
    """A manager returned it with comments, and it was sent again."""
    worker, manager, planted = world.cast.family_worker, world.cast.manager, world.families["with_manager"]
    with acting_as(manager):
        planted.assessment.refresh_from_db()
        section = form_of(planted.assessment).sections[0].code
        return_assessment(
            by=manager, assessment=planted.assessment, words=f"{OPEN}assessed again",
            comments={section: f"{OPEN}assessed comment"}, seen_version=planted.assessment.version,
        )  # fmt: skip
    with acting_as(worker):
        planted.assessment.refresh_from_db()
        send_assessment(
            by=worker, assessment=planted.assessment, to=manager, level="universal_plus", words=f"{OPEN}assessed",
            seen_version=planted.assessment.version,
        )  # fmt: skip


def _bare(world: Any) -> None:
    """A case with no assessment, whose family was tried for and could not be reached; and a new version in writing."""
    worker, bare = world.cast.family_worker, SimpleNamespace()
    with acting_as(worker):
        bare.family = open_family(by=worker, name=f"{OPEN}name".title(), area=world.area)
        child = add_person(
            by=worker, family=bare.family, role="child", given_name=f"{OPEN}bo".title(), family_name=f"{OPEN}name".title(),
            born_on=clock.today() - dt.timedelta(days=900), birth_precision="full",
        )  # fmt: skip
        answer_missing(by=worker, family=bare.family, question="carer", children=[child], answer="not_known")
        bare.case = open_case(by=worker, family=bare.family, lead=worker)
        reaching = start_reaching(
            by=worker, case=bare.case, noticed=f"{OPEN}planned", in_the_way=f"{OPEN}planned", approach=f"{OPEN}planned"
        )
        for way in ("visit", "call", "visit"):
            tried = plan_try(
                by=worker, plan=reaching, way=way, what=f"{OPEN}planned", planned_on=clock.today(), by_user=worker
            )
            record_try(by=worker, attempt=tried, tried_on=clock.today(), reached=False, note=f"{OPEN}noted")
        end_reaching(by=worker, plan=reaching, reached=False, ended_words=f"{OPEN}noted end")
        signed = world.families["stepped_up"].assessment
        start_new_version(by=worker, assessment=signed, because=f"{OPEN}assessed anew")
    world.families["bare"] = bare


def _closed(world: Any) -> None:
    """Closed; and somebody of another area once had a row that has run out."""
    cast, planted = world.cast, world.families["closed"]
    with acting_as(cast.family_worker):
        gone = clock.now() - dt.timedelta(days=1)
        Access(
            family=planted.family, user=cast.other_manager, why="moved_family", from_at=gone, until_at=gone
        ).save()  # fmt: skip
        join_team(by=cast.family_worker, case=planted.case, user=cast.other_family_worker, role="practitioner")
        close_case(
            by=cast.family_worker, case=planted.case, reason="outcomes_met", outcome="all_met",
            closing_words=f"{CLOSED}planned ending", family_view=f"{CLOSED}noted view",
        )  # fmt: skip


def _of_no_family(world: Any) -> None:
    cast, more, offered = world.cast, world.more, pack().universal
    with acting_as(cast.practitioner):
        more.universal = record_universal_activity(
            by=cast.practitioner, area=world.area, kind=offered.kinds[0].code, setting=offered.settings[0].code,
            what=f"{OPEN}asked morning", happened_on=clock.today(), achievements=[offered.achievements[0].code],
            children_5_to_11=3,
        )  # fmt: skip
        Authenticator.objects.create(
            user=cast.practitioner, type=Authenticator.Type.WEBAUTHN, data={"name": "A key", "credential": {}}
        )
        more.passkey = second_steps_of(cast.practitioner).passkeys[0].key
    with acting_as(cast.administrator):
        more.run = import_workbook(
            by=cast.administrator, area=world.area, source="Another system", file_name="a.xlsx", content=_workbook()
        )
        read_workbook(by=cast.administrator, run=more.run)
    with acting_as(cast.practitioner):
        save_draft(cast.practitioner, "/universal/record/", "", "one", {"what": [f"{OPEN}asked draft"]})
    more.colleague, more.elsewhere, more.manager_email = cast.colleague, cast.other_family_worker, cast.manager.email
    more.kin, more.lead_key = "mother", str(cast.colleague.id)
    more.team_key = str(cast.safeguarding_hub_social_worker.appointments_now()[0].team_id)
    more.one, more.two, more.missing, more.note_kind = 1, 2, "father", "visit"
    form = form_of(world.families["asked_up"].assessment)
    for scope, name in (("family", "family_page"), (EACH_CHILD, "child_page")):
        setattr(
            more, name, next(page.code for page in form.sections if (page.scope == EACH_CHILD) is (scope == EACH_CHILD))
        )
    with acting_as(cast.administrator):
        more.shut_colleague = cast.charity_manager
        close_account(by=cast.administrator, person=more.shut_colleague)


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "List 1"
    common = ("Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age")
    sheet.append((*common, "Date of Contact", "Contact Source"))
    sheet.append((777, "b) Female", "a) WBRI", dt.datetime(2012, 4, 3), 14, dt.datetime(2026, 9, 16), "1A"))  # noqa: DTZ001 - as a spreadsheet holds them
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _restricted(world: Any) -> None:
    """A whole family, and one child of the family that is worked with; each with one name on its list."""
    cast, govern = world.cast, world.cast.information_governance
    with acting_as(cast.family_worker):
        shielded = add_person(
            by=cast.family_worker, family=world.families["working"].family, role="child",
            given_name=f"{SHIELDED}mia".title(), family_name=f"{SHIELDED}name".title(), birth_precision="full",
            born_on=dt.date(2016, 3, 1),
        )  # fmt: skip
    working = world.families["working"]
    world.families["shielded"] = SimpleNamespace(
        family=working.family, mother=shielded, son=shielded, father=working.father
    )
    world.more.shielded_born = shielded.born_on
    world.more.shielded, world.more.restricted_family = shielded, world.families["restricted"].family
    until = clock.today() + dt.timedelta(days=20)
    with acting_as(govern):
        for thing, named in ((shielded, cast.county_manager), (world.more.restricted_family, cast.family_worker)):
            row = place_restriction(by=govern, reference=thing.reference, reason=f"{RESTRICTED}planned fear")
            grant_restricted_access(
                by=govern, restriction=row, reference=thing.reference, user=named, reason="Works with them", until_on=until
            )  # fmt: skip
