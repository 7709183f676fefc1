"""Invented people written straight into the tables of a register, as many as wanted, past actions and triggers."""

import json
import random
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.register import Somebody, register, typed
from hearth.foundation.core.references import ALPHABET, LENGTH
from hearth.foundation.core.text import fold
from hearth.records.people.search.likeness.functions import everybody_weighed

DONE = "queries.json"
KEPT = 4000
STAGED = """create temporary table staged (n int, id uuid, family_id uuid, given text, family text, folded text, born date, known text,
    codes text[], former text, folded_former text, child bool)"""
FAMILIES = """insert into people_family (id, created_at, reference, name, folded_name, area_id, area_permission, area_until, team_id,
        restricted, version)
    select family_id, now(), 'FA-' || bench_letters(min(n)), min(family), lower(min(family)), a.ids[1 + min(n) % cardinality(a.ids)],
        'open_open_families_in_area', null, null, false, 1
    from staged, (select array_agg(id order by code) as ids from accounts_area where parent_id is not null) a group by family_id, a.ids"""
PEOPLE = """insert into people_person (id, created_at, reference, given_name, family_name, known_as, name_supplied, folded_name, folded_known_as,
        born_on, birth_precision, sex, gender_identity, ethnicity, disabilities, first_language, interpreter_language, email, phone,
        safe_to_contact, cluster_id, restricted, hidden, version)
    select id, now(), 'PE-' || bench_letters(n), given, family, '', true, folded, '', born, known, 'U', '', 'NOBT', '{}', '', '', '', '', '',
        id, false, false, 1 from staged"""
MEMBERS = """insert into people_membership (id, created_at, family_id, person_id, role, lives_here, home_since_at, hidden)
    select gen_random_uuid(), now(), family_id, id, case when child then 'child' else 'parent' end, true, now(), false from staged"""
HOMES = """insert into people_address (id, created_at, person_id, lines, postcode, uprn)
    select gen_random_uuid(), now(), id, '1 High Street', code, '' from staged, unnest(codes) code"""
NAMES = """insert into people_personname (id, created_at, person_id, given_name, family_name, kind, folded_name)
    select gen_random_uuid(), now(), id, given, former, 'former', folded_former from staged where former <> ''"""
LETTERS = f"""create or replace function bench_letters(n int) returns text language sql immutable as $$
    select string_agg(substr('{ALPHABET}', 1 + (n / power({len(ALPHABET)}, d)::bigint % {len(ALPHABET)})::int, 1), '' order by d desc)
    from generate_series(0, {LENGTH - 1}) d $$"""


def load(database: str, folder: Path, people: int, seed: int) -> None:
    """Everybody, their families, homes and names; then the look-up's entries and keys, and the trigram's index beside them."""
    kept: list[tuple[int, Somebody]] = []
    dice, codes, count = random.Random(f"kept {seed}"), [], 0
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("alter system set shared_buffers = '2GB'")  # a service gives its database a quarter of the memory
        owner.execute("alter system set maintenance_work_mem = '1GB'")
        owner.execute("select pg_reload_conf()")
        owner.execute(STAGED)
        with owner.cursor() as cursor, cursor.copy("copy staged from stdin") as rows:
            rows.set_types(
                ["int4", "uuid", "uuid", "text", "text", "text", "date", "text", "text[]", "text", "text", "bool"]
            )
            for household in register(people, seed):
                for one in household:
                    rows.write_row(_row(count, one))
                    count += 1
                    if one.given and len(kept) < KEPT:
                        kept.append((count - 1, one))
                    elif one.given and dice.random() < KEPT / count:
                        kept[dice.randrange(KEPT)] = (count - 1, one)
                codes.append(household[0].codes[0])
        _write(owner)
        wanted = [(n, typed(one, dice, codes)) for n, one in kept]
        dice.shuffle(wanted)
        told = [
            [
                owner.execute("select 'PE-' || bench_letters(%s)", [n]).fetchall()[0][0],
                str(q.truth),
                q.given,
                q.family,
                q.born,
                q.postcode,
            ]
            for n, q in wanted
        ]
    (folder / DONE).write_text(json.dumps(told))


def _row(n: int, one: Somebody) -> tuple[Any, ...]:
    former = fold(f"{one.given} {one.former}") if one.former else ""
    return (
        n, one.key, one.family_key, one.given, one.family, fold(f"{one.given} {one.family}"), one.stored_born, one.precision, one.codes,
        one.former, former, not one.adult,
    )  # fmt: skip


def _write(owner: Any) -> None:
    owner.execute(LETTERS)
    owner.execute("set session_replication_role = replica")
    for statement in (FAMILIES, PEOPLE, MEMBERS, HOMES, NAMES):
        owner.execute(statement)
    owner.execute("set session_replication_role = origin")
    owner.execute("drop index look_up_keys")
    owner.execute("select hearth_fill_look_up()")
    owner.execute("create index look_up_keys on people_lookupentry using gin (keys) with (fastupdate = off)")
    owner.execute("create extension if not exists pg_trgm")
    owner.execute("create index bench_trigram on people_person using gin (folded_name gin_trgm_ops)")
    owner.execute(everybody_weighed("bench_every"))
    owner.execute("vacuum (analyze)")
