"""Whoever has the whole database, the disk and the log of the web process reads nothing of a sealed bid: sent, refused or half typed."""

import io
import json
import logging
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.core.files import uploadedfile
from django.test import Client
from django.urls import reverse

from hearth.commissioning.procurement.bids.actions import open_bids
from hearth.commissioning.procurement.models import Bid, Tender
from hearth.foundation.accounts.testing import sign_in_fully
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.invented import tendered
from hearth.invented.cast import load_cast

SECRET, PLEDGE, PAPER = "Ziggurat evenings on the Canterbury estate", "Zwölf years of it", "zanzibar-paper"
POUNDS, PENCE = "87,654.32", "8765432"
HIDDEN = (SECRET, PLEDGE, PAPER, POUNDS, PENCE, "87654.32", *tendered.PASSPHRASES.values())
WRONG = "a passphrase that was mistyped"


class _Paper(io.BytesIO):
    name = f"{PAPER}.txt"


def _paper() -> Any:
    return _Paper(f"{SECRET}, in a file".encode())


def found_in(owner: str, words: tuple[str, ...]) -> set[tuple[str, str]]:
    """In which tables of any schema which of the words stand, as letters or as bytes, past every policy."""
    with psycopg.connect(owner) as connection:
        tables = connection.execute(
            "select quote_ident(n.nspname) || '.' || quote_ident(c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace"
            " where c.relkind in ('r', 'p', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')"
        ).fetchall()
        assert len(tables) > 200
        found = set()
        for (table,) in tables:
            row = connection.execute(f"select coalesce(string_agg(t::text, E'\\n'), '') from {table} t").fetchone()
            said = row[0] if row else ""
            plain = json.dumps(said, ensure_ascii=False) + json.dumps(said)
            found |= {
                (table.removeprefix("public."), word) for word in words if word in plain or word.encode().hex() in said
            }
        return found


@pytest.fixture(scope="module")
def sealed(own_database: Any) -> Iterator[SimpleNamespace]:
    """A call, and a bid that was half typed, refused for what was wrong in it, and sent twice from its page, in a database of its own."""
    cast = load_cast(pack())
    said: list[str] = []
    handler = logging.Handler(logging.DEBUG)
    handler.emit = lambda record: said.append(handler.format(record))  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    on_disk: list[str] = []
    true_file = uploadedfile.TemporaryUploadedFile.__init__

    def to_disk(self: Any, name: str, *more: Any, **others: Any) -> None:
        on_disk.append(name)
        true_file(self, name, *more, **others)

    patch = pytest.MonkeyPatch()
    patch.setattr(uploadedfile.TemporaryUploadedFile, "__init__", to_disk)
    with clock.frozen(clock.now()) as hands:
        tender = tendered._publish(cast, tendered.OPEN, [pack().areas.districts[0].code])
        client = Client()
        sign_in_fully(client, cast["provider"])
        _type_and_send(client, tender)
        yield SimpleNamespace(
            cast=cast, tender=tender, owner=own_database.owner, log="\n".join(said), on_disk=on_disk, hands=hands
        )
    patch.undo()
    logging.getLogger().removeHandler(handler)


def _type_and_send(client: Client, tender: Tender) -> None:
    address, sitting = reverse("send_bid", args=[tender.reference, 1]), "a" * 40
    offer: dict[str, Any] = {
        "sealed_price": POUNDS,
        "sealed_answer_2": SECRET,
        "sealed_answer_3": PLEDGE,
        "draft_sitting": sitting,
    }
    offer["key"] = "6f1c2f0a-5d1e-4c57-8f43-111111111111"
    draft = {"path": address, "form": "", "sitting": sitting, "data": {name: [words] for name, words in offer.items()}}
    kept = client.post(reverse("keep_draft"), json.dumps(draft), content_type="application/json")
    assert kept.status_code == 200, kept.content
    files = {"sealed_files": [_paper()]}
    assert client.post(address, offer | {"sealed_answer_2": " "} | {"sealed_files": [_paper()]}).status_code == 422
    assert client.post(address, offer | {"sealed_price": "987,654.32"}).status_code == 403
    assert client.post(address, offer | files).status_code == 302
    assert client.post(address, offer | {"sealed_files": [_paper()]}).status_code == 302
    signed_out = Client()
    assert signed_out.post(address, offer).status_code in (302, 401, 403), "at a time-out"


def test_no_table_of_any_schema_holds_a_word_or_a_price_of_a_sealed_bid_nor_a_passphrase(sealed: Any) -> None:
    with acting_as(sealed.cast["provider"]):
        assert Bid.objects.filter(tender=sealed.tender, files=1).count() == 1, "it was sent, and once"
    assert found_in(sealed.owner, HIDDEN) == set()
    assert found_in(sealed.owner, (tendered.OPEN.title,)) >= {("procurement_tender", tendered.OPEN.title)}, (
        "it does look"
    )


def test_no_file_of_a_bid_is_written_to_a_disk_and_no_word_of_it_to_the_log(sealed: Any) -> None:
    assert [name for name in sealed.on_disk if PAPER in name] == []
    assert [word for word in HIDDEN if word in sealed.log] == []


def test_once_opened_its_words_stand_where_its_scorers_read_them_and_nowhere_else(sealed: Any) -> None:
    opener, client = sealed.cast["county_manager"], Client()
    sealed.hands.forward(days=31)
    sign_in_fully(client, opener)
    typed = {f"passphrase_{place}": words for place, words in tendered.PASSPHRASES.items() if place != "escrow"}
    address = reverse("open_bids", args=[sealed.tender.reference])
    assert client.post(address, typed | {"passphrase_two": WRONG, "draft_sitting": "b" * 40}).status_code == 403
    assert found_in(sealed.owner, (*HIDDEN, WRONG)) == set(), (
        "two were typed, and one was wrong: nothing is kept of either"
    )
    with acting_as(opener):
        both = {place: tendered.PASSPHRASES[place] for place in ("one", "two")}
        open_bids(by=opener, tender=Tender.objects.get(pk=sealed.tender.pk), passphrases=both)
    assert found_in(sealed.owner, HIDDEN) == {
        ("procurement_openedbid", SECRET), ("procurement_openedbid", PLEDGE), ("procurement_openedfile", SECRET),
        ("procurement_openedfile", PAPER), ("procurement_bid", PENCE), ("procurement_bidevent", PENCE),
    }  # fmt: skip
