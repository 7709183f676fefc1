"""What the database does when somebody looks for a service: it keeps the words of entries, puts spelling right, and finds. Used by migrations only.

The functions that read run as whoever asks: the directory is public.
"""

from collections.abc import Iterator

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import append_only, gate_function, gate_reads, identity_function
from hearth.records.directory.finding.saying import LONGEST, MOST_WORDS

READERS = "hearth_web, hearth_worker"
SHORTEST = 4  # shorter words are too like one another to be put right
MOST_EXPLAINING = 6  # terms that somebody says in the words they type

# The words of a text that may be put in place of what somebody typed.
_WORDS_OF = f"""select distinct w as word from regexp_split_to_table({{text}}, ' ') w
    where length(w) between {SHORTEST} and 40 and w !~ '[0-9]'"""


def keeping_words() -> Iterator[RunSQL]:
    """Words are added by the entries they stand in, and read by everybody."""
    yield append_only("directory_directoryword", read="true", add="false")
    yield RunSQL(
        """
        grant select, insert on directory_directoryword to hearth_gate;
        create policy gate on directory_directoryword for all to hearth_gate using (true) with check (true);
        """,
        "drop policy gate on directory_directoryword; revoke all on directory_directoryword from hearth_gate",
    )
    # Two who write entries with the same new words would wait for one another: the second waits before it begins.
    yield gate_function(
        "hearth_keep_directory_words()",
        "trigger",
        f"""begin
            if exists ({_WORDS_OF.format(text="new.search_text")}
                    and not exists (select 1 from directory_directoryword k where k.word = w)) then
                perform pg_advisory_xact_lock(hashtext('directory words'));
                insert into directory_directoryword (word) {_WORDS_OF.format(text="new.search_text")} order by 1 on conflict do nothing;
            end if;
            return null;
        end""",
        volatility="volatile",
        language="plpgsql",
    )
    yield RunSQL(
        f"""
        create trigger keep_words after insert or update of search_text on directory_service
            for each row execute function hearth_keep_directory_words();
        insert into directory_directoryword (word)
            select distinct found.word from directory_service s, lateral ({_WORDS_OF.format(text="s.search_text")}) found
            on conflict do nothing;
        """,
        "drop trigger keep_words on directory_service",
    )


def finding_functions() -> Iterator[RunSQL]:
    """hearth_spell_words and hearth_find_services."""
    for signature, returns, body, language in (
        (SPELL, "table (typed text, known text)", SPELT, "sql"),
        (FIND, FOUND, FINDS, "plpgsql"),
    ):
        name = signature.split("(", maxsplit=1)[0]
        planned = " set plan_cache_mode = force_custom_plan" if signature == FIND else ""
        yield RunSQL(
            f"""
            create or replace function {signature} returns {returns} language {language} stable
                set search_path = public, pg_temp{planned} as $find$ {body} $find$;
            revoke all on function {name} from public;
            grant execute on function {name} to {READERS};
            """,
            f"drop function {name}",
        )


# For each word that no entry has, nor the beginning of one: the nearest word that the directory knows, if one is near enough. Of two as
# near, not the one that the typed word goes beyond: who writes "counciling" means counselling, and not a council.
SPELL = "hearth_spell_words(words text[])"
SPELT = f"""
    select t.word, near.word from unnest(words) t(word)
    cross join lateral (
        select w.word from (
            select a.word from directory_directoryword a where a.word %% t.word
            union select b.word from directory_directoryword b where b.word >= left(t.word, 2) and b.word < left(t.word, 2) || '{{'
        ) w
        where levenshtein_less_equal(w.word, t.word, 3) <= case when length(t.word) = 4 then 1 when length(t.word) < 9 then 2 else 3 end
        order by levenshtein(w.word, t.word), starts_with(t.word, w.word), similarity(w.word, t.word) desc, w.word limit 1
    ) near
    where length(t.word) between {SHORTEST} and 40
        and not coalesce((select starts_with(min(k.word), t.word) from directory_directoryword k where k.word >= t.word), false)
    """.replace("%%", "%")

FIND = """hearth_find_services(words text[], terms uuid[], explains integer[], chosen uuid[], age double precision, free boolean,
    on_days text[], spoken text[], access text[], lat double precision, lon double precision, within double precision, outward text,
    today date, skip integer, many integer)"""
FOUND = "table (id uuid, metres double precision, same_outward boolean, about boolean, lacks integer, of_all bigint, of_fitting bigint)"
# What narrows: each asked of an entry as it is reached.
_NARROWED = """(age is null or (coalesce(e.minimum_age, 0) <= age and coalesce(e.maximum_age, 200) >= age))
                and (not free or e.is_free)
                and (cardinality(spoken) = 0 or e.languages && spoken)
                and (cardinality(on_days) = 0 or e.days && on_days)
                and (cardinality(access) = 0 or e.accessibility @> access)"""
_METRES = """111320 * sqrt((e.latitude - lat) * (e.latitude - lat)
                + (e.longitude - lon) * (e.longitude - lon) * narrower * narrower)"""
# The words that an entry answers by what it is about. Of more terms than these, nobody types the words.
_EXPLAINED = " | ".join(
    f"case when explains[{place}] > 0 and terms[{place}] = any(e.terms) then explains[{place}] else 0 end"
    for place in range(1, MOST_EXPLAINING + 1)
)
_WORDS = 2**MOST_WORDS - 1  # a bit for each
# `lacks`: a bit for each word that neither stands in the entry nor is said of a term it is about (`explains`: which words of the person
# say which of the first terms), and above those one where it is about nothing that was ticked (`chosen`). An entry that lacks nothing
# fits, and comes before those that fit in part, of which those that lack least come first. Where a place is told, the nearest of
# those come first; otherwise those in whose name the words stand. Stale entries sink beneath those that are fresh and fit as well.
# Over the few miles that count here the earth is flat.
# Words are read from their index alone: `masks` has a bit for each that stands in an entry, and above those one for each that stands
# in its name. Entries are narrow rows, reached by one scan: a popular need has thousands. A plan for what is in hand, each time: one
# for anything would read every row.
FINDS = f"""
    #variable_conflict use_variable
    declare
        nothing boolean := cardinality(words) = 0 and cardinality(terms) = 0;
        narrower double precision := cos(radians(lat));
        whole integer := (1 << cardinality(words)) - 1;
        ticked integer := case when cardinality(chosen) > 0 then {2**MOST_WORDS} else 0 end;
        hits uuid[];
        masks integer[];
    begin
    if cardinality(words) > 0 then
        select array_agg(h.service_id), array_agg(h.mask) into hits, masks from (
            select p.service_id, bit_or(1 << w.n::int - 1) | (bit_or(p.in_name::int << w.n::int - 1) << {MOST_WORDS}) as mask
            from unnest(words) with ordinality w(word, n)
            join directory_finderword p on p.word >= w.word and p.word < w.word || chr(1114111) group by 1
        ) h;
    end if;
    return query
    with kept as (
        select e.service_id, min(e.name) as name, bool_or(e.stale_on is null or e.stale_on < today) as sunk,
            bool_or(e.terms && terms) as by_term, min({_METRES}) as metres, bool_or(e.outward = outward) as same,
            bit_or({_EXPLAINED}) as explained, bool_or(ticked > 0 and e.terms && chosen) as picked
        from directory_finderentry e
        where (e.terms && terms or e.service_id = any(hits) or nothing) and {_NARROWED}
            and (within is null or coalesce({_METRES} <= within, e.outward = outward or not e.is_placed))
        group by 1
    ), weighed as (
        select k.*, (whole & ~(coalesce(h.mask, 0) & {_WORDS} | k.explained)) | case when k.picked then 0 else ticked end as lacks,
            k.by_term or coalesce(h.mask, 0) & {_WORDS} = whole as about,
            -coalesce(bit_count(h.mask::bit(32)), 0) - 2 * k.by_term::int as points
        from kept k left join unnest(hits, masks) h(service_id, mask) on h.service_id = k.service_id
    )
    select k.service_id, k.metres, k.same, k.about, k.lacks, count(*) over (), count(*) filter (where k.lacks = 0) over ()
    from weighed k
    order by bit_count(k.lacks::bit(32)), k.sunk, not k.about, case when outward = '' then k.points end,
        coalesce(k.metres, case when k.same then 2000 when outward <> '' then 1e9 end), k.points, k.name, k.service_id
    limit many offset skip;
    end """

# A row for each place of a service that runs, or one where it has none.
ENTER = """
    insert into directory_finderentry (id, service_id, name, stale_on, minimum_age, maximum_age, is_free, languages, days, terms,
            accessibility, outward, is_placed, latitude, longitude)
        select gen_random_uuid(), s.id, s.name, s.stale_on, s.minimum_age, s.maximum_age, s.is_free, s.languages,
            array(select distinct unnest(h.days) from directory_schedule h where h.service_id = s.id),
            array(select t.term_id from directory_serviceterm t where t.service_id = s.id),
            coalesce(l.accessibility, '{}'), coalesce(split_part(l.postcode, ' ', 1), ''), l.id is not null, l.latitude, l.longitude
        from directory_service s
        left join (directory_serviceatlocation a join directory_location l on l.id = a.location_id) on a.service_id = s.id
        where s.status = 'active'"""


def enter_service() -> RunSQL:
    """hearth_enter_service: the rows of an entry, written again."""
    return gate_function(
        "hearth_enter_service()",
        "trigger",
        f"""declare changed uuid[];
        begin
            if tg_table_name = 'directory_service' then changed := array[new.id];
            elsif tg_table_name = 'directory_location' then
                changed := array(select a.service_id from directory_serviceatlocation a where a.location_id = new.id);
            elsif tg_op = 'DELETE' then changed := array[old.service_id];
            else changed := array[new.service_id];
            end if;
            delete from directory_finderentry e where e.service_id = any(changed);
            {ENTER} and s.id = any(changed);
            return null;
        end""",
        volatility="volatile",
        language="plpgsql",
    )


def entering() -> Iterator[RunSQL]:
    """Finder entries: written by the database whenever a part of an entry changes, read by everybody."""
    yield append_only("directory_finderentry", read="true", add="false")
    yield RunSQL(
        """
        grant select, insert, delete on directory_finderentry to hearth_gate;
        create policy gate on directory_finderentry for all to hearth_gate using (true) with check (true);
        """,
        "drop policy gate on directory_finderentry; revoke all on directory_finderentry from hearth_gate",
    )
    yield gate_reads("directory_location", "directory_serviceatlocation", "directory_schedule", "directory_serviceterm")
    yield enter_service()
    said = ("name, search_text, status, stale_on, minimum_age, maximum_age, is_free, languages",
            "latitude, longitude, postcode, accessibility")  # fmt: skip
    events = {
        "service": f"insert or update of {said[0]}",
        "location": f"update of {said[1]}",
        **dict.fromkeys(("serviceatlocation", "schedule", "serviceterm"), "insert or update or delete"),
    }
    for name, event in events.items():
        yield RunSQL(
            f"create trigger enter_service after {event} on directory_{name} for each row execute function hearth_enter_service()",
            f"drop trigger enter_service on directory_{name}",
        )
    yield RunSQL(ENTER, "delete from directory_finderentry")


# Each word of an entry, once, and whether it stands in its name. No word that is looked for is longer.
WORDED = f"""
    insert into directory_finderword (word, service_id, in_name)
        select left(w, {LONGEST}), s.id, bool_or(strpos(s.search_text || ' ', ' ' || w || ' ') <= length(s.name))
        from directory_service s, regexp_split_to_table(s.search_text, ' ') w where w <> ''"""


def wording() -> Iterator[RunSQL]:
    """Finder words: written by the database whenever what an entry says changes, read by everybody."""
    yield append_only("directory_finderword", read="true", add="false")
    yield RunSQL(
        """
        grant select, insert, delete on directory_finderword to hearth_gate;
        create policy gate on directory_finderword for all to hearth_gate using (true) with check (true);
        """,
        "drop policy gate on directory_finderword; revoke all on directory_finderword from hearth_gate",
    )
    yield gate_function(
        "hearth_word_service()",
        "trigger",
        f"""begin
            delete from directory_finderword f where f.service_id = new.id;
            {WORDED} and s.id = new.id group by 1, 2;
            return null;
        end""",
        volatility="volatile",
        language="plpgsql",
    )
    yield RunSQL(
        f"""
        create trigger word_service after insert or update of name, search_text on directory_service
            for each row execute function hearth_word_service();
        {WORDED} group by 1, 2
        """,
        "drop trigger word_service on directory_service; delete from directory_finderword",
    )


def counting() -> Iterator[RunSQL]:
    """hearth_count_search: a search more of a month, a district and each need. Anybody's search is counted; figures alone are read."""
    yield append_only("directory_findercount", read="false", add="false")
    yield RunSQL(
        """
        grant select, insert, update on directory_findercount to hearth_gate;
        create policy gate on directory_findercount for all to hearth_gate using (true) with check (true);
        """,
        "drop policy gate on directory_findercount; revoke all on directory_findercount from hearth_gate",
    )
    yield gate_function(
        "hearth_count_search(in_month date, district text, needs text[], outcome text, by_worker boolean)",
        "void",
        """insert into directory_findercount as c (id, month, area_id, need, outcome, by_worker, searches)
            select gen_random_uuid(), in_month, (select a.id from accounts_area a where a.code = district), need, outcome, by_worker, 1
            from unnest(needs) need order by need
            on conflict (month, area_id, need, outcome, by_worker) do update set searches = c.searches + 1""",
        volatility="volatile",
    )


def letting_go() -> list[RunSQL]:
    """hearth_let_go_of_old_finder_counts: counts of months that ended so many years ago; how many there were.

    By the database's own clock, and never within a year, whatever the caller says.
    """
    return [
        RunSQL(
            "grant delete on directory_findercount to hearth_gate",
            "revoke delete on directory_findercount from hearth_gate",
        ),
        *identity_function(
            "hearth_tidying",
            "hearth_let_go_of_old_finder_counts(years integer)",
            "bigint",
            """with gone as (delete from directory_findercount c
                where c.month + interval '1 month' <= now() - make_interval(years => greatest(years, 1)) returning 1)
            select count(*) from gone""",
            volatility="volatile",
        ),
    ]
