"""A machine with a token sends a file and asks how it stands; whoever has none, or another, learns nothing and does nothing."""

import datetime as dt
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hearth.foundation.accounts.models import Appointment, User
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as, read_as
from hearth.foundation.core.refusals import Refused
from hearth.intelligence.feeds import jobs
from hearth.intelligence.feeds.api import receiving
from hearth.intelligence.feeds.models import FeedLoad, FeedToken
from hearth.intelligence.feeds.tests.conftest import BY_API as ADDRESS
from hearth.intelligence.feeds.tests.conftest import DAYS
from hearth.intelligence.feeds.tests.conftest import KNOWN as ROWS
from hearth.intelligence.feeds.tests.test_loads import HEAD
from hearth.intelligence.feeds.tokens import actions


def test_a_file_becomes_a_load_that_a_person_looks_at_and_only_a_person_commits(
    put: Any, machine: Any, make: Any, cast: Any, council: Any, as_client: Any
) -> None:
    token = make()
    answer = put(token.secret, address=f"{ADDRESS}?{DAYS}&file_name=known.csv&as_at=2024-12-19")
    assert answer.status_code == 200, answer.content
    told = answer.json()
    load = FeedLoad.objects.get()
    assert told["load"] == load.reference and told["state"] == "waiting" and told["file_name"] == "known.csv"
    assert (load.by, load.organisation, load.feed, load.sent_with) == (cast.analyst, council, "police", token.row)
    assert (load.covers_from, load.covers_until, load.as_at) == (
        dt.date(2024, 9, 1),
        dt.date(2024, 12, 20),
        dt.date(2024, 12, 19),
    )
    jobs.read(load=str(load.pk), by=str(load.by_id))
    told = machine("GET", told["address"], token.secret).json()
    assert (told["state"], told["state_in_words"]) == ("ready", "To be looked at")
    assert (told["rows"]["in_file"], told["rows"]["new"], told["rows"]["set_aside"]) == (2, 2, 0)
    assert "Planted" not in str(told)
    for path in (f"/feeds/loads/{load.reference}/commit/", f"/feeds/loads/{load.reference}/", "/feeds/", "/families/"):
        assert machine("POST", path, token.secret).status_code in (302, 401, 404, 405), path
    load.refresh_from_db()
    assert load.state == "ready"
    shown = as_client(cast.analyst).get(f"/feeds/loads/{load.reference}/").content.decode()
    assert f"Niche with token {token.row.reference}" in shown and "Commit this load" in shown


def test_rows_set_aside_and_a_refused_file_are_told_and_nothing_of_any_row(put: Any, machine: Any, make: Any) -> None:
    token = make()
    put(token.secret, HEAD + "p1,North,Ann,1\n,South,Bob Planted,2\n")
    load = FeedLoad.objects.get()
    jobs.read(load=str(load.pk), by=str(load.by_id))
    told = machine("GET", f"/api/feeds/police/loads/{load.reference}/", token.secret).json()
    assert (told["rows"]["set_aside"], told["rows"]["waiting_to_be_decided"]) == (1, 1)
    assert "Planted" not in str(told)
    for body, said in (
        (b"\x00\x01\x02\xff" * 99, "no text has"),
        (b"%PDF-1.7", "PDF"),
        ("a,b\n1,2\n", "none of that feed's headers"),
    ):
        other = put(token.secret, body).json()
        load = FeedLoad.objects.get(reference=other["load"])
        jobs.read(load=str(load.pk), by=str(load.by_id))
        told = machine("GET", other["address"], token.secret).json()
        assert told["state"] == "refused" and said in told["refused_because"]


def test_a_file_sent_twice_is_the_same_load_also_where_a_person_sent_it_first(put: Any, make: Any, send: Any) -> None:
    by_hand = send("police", HEAD + "p9,North,Ann,1\n")
    token = make()
    assert put(token.secret, HEAD + "p9,North,Ann,1\n").json()["load"] == by_hand.reference
    assert put(token.secret).json()["load"] == put(token.secret).json()["load"]
    assert FeedLoad.objects.count() == 2


def test_a_file_may_come_by_post_and_in_a_form(put: Any, machine: Any, make: Any) -> None:
    token = make()
    raw = put(token.secret, method="POST", content_type="application/x-www-form-urlencoded").json()["load"]
    read_as(None)
    fields = {
        "covers_from": "2024-09-01",
        "covers_until": "2024-12-20",
        "file": SimpleUploadedFile("niche.csv", ROWS.encode()),
    }
    answer = Client().post(ADDRESS, fields, headers={"Authorization": f"bearer {token.secret}"})
    assert answer.json()["load"] == raw
    other = Client().post(ADDRESS, fields | {"file": SimpleUploadedFile("niche.csv", (HEAD + "p7,A,B,C\n").encode())},
        headers={"Authorization": f"Bearer {token.secret}"})  # fmt: skip
    assert other.json()["file_name"] == "niche.csv"


def test_the_name_of_a_file_may_end_the_address_as_curl_has_it(put: Any, make: Any) -> None:
    token = make()
    assert put(token.secret, address=f"{ADDRESS}k%20of%20may.csv?{DAYS}").json()["file_name"] == "k of may.csv"
    assert put(token.secret, ROWS + "p3,A,B,C\n").json()["file_name"] == "police.csv"


def test_each_use_is_on_record_and_listed(put: Any, machine: Any, make: Any, cast: Any) -> None:
    token = make()
    told = put(token.secret).json()
    machine("GET", told["address"], token.secret)
    used = AuditEvent.objects.get(verb="feeds.token_used", actor_id=cast.analyst.id)
    asked = AuditEvent.objects.get(verb="feeds.load_asked", actor_id=cast.analyst.id)
    assert (used.subject, used.detail) == (token.row.reference, {"load": told["load"]})
    assert (asked.subject, asked.detail) == (told["load"], {"token": token.row.reference})
    token.row.refresh_from_db()
    assert token.row.last_used_at is not None


def _stranger(token: Any, cast: Any) -> str | None:
    return "hearth-feed-" + "x" * 43


def _digest(token: Any, cast: Any) -> str | None:
    return str(token.row.digest)


def _withdrawn(token: Any, cast: Any) -> str | None:
    with acting_as(cast.analyst):
        actions.withdraw_feed_token(by=cast.analyst, token=token.row, why="Lost")
    return str(token.secret)


def _maker_lost_the_role(token: Any, cast: Any) -> str | None:
    with acting_as(cast.administrator):
        Appointment.objects.filter(user=cast.analyst).update(ended_at=clock.now())
    return str(token.secret)


def _maker_s_account_closed(token: Any, cast: Any) -> str | None:
    with acting_as(cast.administrator):
        User.objects.filter(pk=cast.analyst.pk).update(is_active=False)
    return str(token.secret)


def _organisation_gone(token: Any, cast: Any) -> str | None:
    with acting_as(cast.administrator):
        type(token.row.organisation).objects.filter(pk=token.row.organisation_id).update(ended_on=clock.today())
    return str(token.secret)


@pytest.mark.parametrize(
    "made_bad",
    [
        lambda *_: None,
        lambda *_: "",
        _stranger,
        _digest,
        _withdrawn,
        _maker_lost_the_role,
        _maker_s_account_closed,
        _organisation_gone,
    ],
    ids=["none", "empty", "stranger", "digest", "withdrawn", "role", "account", "organisation"],
)
def test_a_token_that_is_no_good_has_one_answer_whatever_is_wrong_with_it(
    made_bad: Any, put: Any, machine: Any, make: Any, cast: Any, send: Any, refusals: Any, kept_of: Any
) -> None:
    there = send("police", HEAD + "p9,North,Ann,1\n")
    token = make()
    secret = made_bad(token, cast)
    answers = [put(secret), machine("GET", f"/api/feeds/police/loads/{there.reference}/", secret),
               machine("GET", "/api/feeds/police/loads/FL-0000000/", secret), put(secret, address="/api/feeds/nonsense/files/")]  # fmt: skip
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json()["sentence"].startswith("This token is not good.")
    assert answers[0].headers["WWW-Authenticate"] == "Bearer"
    with acting_as(cast.information_governance):
        assert FeedLoad.objects.count() == 1
    known = secret == token.secret
    assert [(by, code, detail["token"]) for by, code, detail in refusals] == [
        (cast.analyst if known else None, "feeds.token_no_good", token.row.reference if known else "")
    ] * 4
    assert not secret or secret not in str(refusals)
    kept = [event for event in kept_of(cast.analyst) if event.verb == "feeds.token_no_good"]
    assert len(kept) == (4 if known else 0)


def test_a_token_has_ended_the_day_after_its_last(put: Any, make: Any) -> None:
    token = make()
    with clock.frozen(clock.now() + dt.timedelta(days=30)):
        assert put(token.secret).status_code == 200
    with clock.frozen(clock.now() + dt.timedelta(days=31)):
        assert put(token.secret).status_code == 401


def test_a_token_that_is_withdrawn_while_its_file_is_on_the_way_brings_nothing(
    put: Any, make: Any, cast: Any, monkeypatch: Any
) -> None:
    token = make()
    reading = receiving._read_into

    def withdrawn_meanwhile(*given: Any) -> int:
        FeedToken.objects.filter(pk=token.row.pk).update(withdrawn_at=clock.now())
        return reading(*given)

    monkeypatch.setattr(receiving, "_read_into", withdrawn_meanwhile)
    assert put(token.secret).status_code == 401
    assert not FeedLoad.objects.exists()


def test_nobody_uses_a_token_in_the_name_of_another(make: Any, cast: Any) -> None:
    token, other = make(), cast.information_governance
    with acting_as(other), pytest.raises(Refused, match="not good"):
        actions.send_file_with_token(
            by=other, token=token.row, file=io.BytesIO(ROWS.encode()), file_name="a.csv",
            covers_from=dt.date(2024, 9, 1), covers_until=dt.date(2024, 12, 20),
        )  # fmt: skip


def test_a_token_opens_one_feed_and_one_organisation_and_nothing_else(
    put: Any, machine: Any, make: Any, police: Any, agreed: Any, send: Any, refusals: Any
) -> None:
    agreed(police, "police_and_justice")
    councils, theirs = (
        send("police", ROWS),
        send(
            "offences",
            "personId,dateOfOffence,typeOfOffence,natureOfInvolvement\np1,2024-10-01,x,y\n",
            organisation=police,
        ),
    )
    token = make(organisation=police)
    for feed in ("housing", "offences", "nonsense"):
        answer = put(token.secret, address=f"/api/feeds/{feed}/files/?{DAYS}")
        assert (answer.status_code, answer.json()["code"]) == (403, "feeds.token_of_another_feed"), feed
        assert machine("GET", f"/api/feeds/{feed}/loads/{theirs.reference}/", token.secret).status_code == 403
    unknown = machine("GET", "/api/feeds/police/loads/FL-0000000/", token.secret)
    for load in (councils, theirs):
        answer = machine("GET", f"/api/feeds/police/loads/{load.reference}/", token.secret)
        assert (answer.status_code, answer.content) == (404, unknown.content)
    assert put(token.secret).json()["organisation"] == police.name
    assert {(code, detail["token"]) for _, code, detail in refusals} == {
        (code, token.row.reference) for code in ("feeds.token_of_another_feed", "feeds.no_such_load")
    }


def test_without_an_agreement_nothing_of_the_file_is_kept(put: Any, make: Any, police: Any) -> None:
    answer = put(make(organisation=police).secret)
    assert (answer.status_code, answer.json()["code"]) == (403, "feeds.deny")
    assert f"No agreement in force with {police.name}" in answer.json()["sentence"]
    assert not FeedLoad.objects.exists()


def test_a_session_that_comes_along_counts_for_nothing(put: Any, as_client: Any, cast: Any, make: Any) -> None:
    signed_in = as_client(cast.analyst)
    assert put(None, client=signed_in).status_code == 401
    assert put(make(by=cast.information_governance).secret, client=signed_in).status_code == 200
    assert FeedLoad.objects.get().by == cast.information_governance
