"""SQL of the likeness: keys of what was typed, the levels of each candidate, and the odds. Used by migrations only.

First the few who share a narrow key (both names and the year, a name and the birth date, a name and the postcode). Only where
none of them is likely, everybody who shares a wider one: another form of the name, the same sound, the day and month changed
about, the date alone, the postcode alone. No trigram is asked for, and nothing is read twice.

The levels are those of `hearth/linkage/live.py`, on which the weights were learned; a test holds the two equal.
"""

import math

from django.db.migrations import RunSQL

from hearth.records.people.search.entries.functions import STEP
from hearth.records.people.search.likeness.weights import STEPS, bits, others

MOST = 40
SURE = 3.0  # bits for one person, everything reckoned in, from which no wider key is asked
LEAST = 8.0  # bits of evidence, before the size of the register is reckoned in, from which somebody is shown
FEWEST = 100_000  # a small register is weighed as one of this size: coincidences are as common in life


def _letters(word: str) -> str:
    return f"(select array_agg(c order by c) from string_to_table({word}, null) c)"


def slip(one: str, other: str) -> str:
    """SQL: one letter wrong, missing or added, or two changed about, in a word of three or more."""
    return (
        f"(case when least(length({one}), length({other})) < 3 then false"
        f" else case levenshtein_less_equal({one}, {other}, 2) when 1 then true"
        f" when 2 then length({one}) = length({other}) and {_letters(one)} = {_letters(other)} else false end end)"
    )


def _similar(one: str, other: str) -> str:
    return (
        f"(case when least(length({one}), length({other})) < 4 then false else"
        f" case when least(length({one}), length({other})) < 8 then levenshtein_less_equal({one}, {other}, 2) <= 2"
        f" else levenshtein_less_equal({one}, {other}, 3) <= 3 end end)"
    )


# All given names together: somebody may write a double family name where the first names go.
_WHOLE = "case when e.middle = '' then e.given else e.given || ' ' || e.middle end"
SWAPPED = f"""(
    (e.given = t_family and (e.family = t_whole or {slip("e.family", "t_whole")}))
    or (e.family = t_given and ({_WHOLE} = t_family or {slip(_WHOLE, "t_family")})))"""

GIVEN = f"""case
    when e.given = '' or t_given = '' then 0
    when e.given = t_given then 1
    when e.given = any(t_forms) then 2
    when {slip("e.given", "t_given")} then 3
    when {SWAPPED} then 4
    when starts_with(e.given, t_given) or starts_with(t_given, e.given)
        or (e.middle <> '' and t_given = any(string_to_array(e.middle, ' ')))
        or (t_middle <> '' and e.given = any(string_to_array(t_middle, ' '))) then 5
    when {_similar("e.given", "t_given")} then 6
    else 7 end"""

FAMILY = f"""case
    when e.family = '' or t_family = '' then 0
    when e.family = t_family then 1
    when {SWAPPED} then 0
    when {slip("e.family", "t_family")} then 2
    when (cardinality(t_parts) > 1 or position(' ' in e.family) > 0)
        and t_parts && string_to_array(e.family, ' ') then 3
    when {_similar("e.family", "t_family")} then 4
    else 5 end"""

_FULL = "e.birth_precision = 'full' and t_known = 'full'"
_FIGURES = "to_char(e.born_on, 'YYYYMMDD')"
_PARTS = """(extract(day from e.born_on) = t_day)::int + (extract(month from e.born_on) = t_month)::int
        + (extract(year from e.born_on) = t_year)::int"""
# A guess may be a year out and says nothing within three; a child that was expected may come ten weeks early or six late.
BORN = f"""case
    when t_born is null or e.born_on is null or e.birth_precision = 'unknown' or t_known = 'unknown' then 0
    when {_FULL} then case
        when e.born_on = t_born then 1
        when e.born_on = t_turned then 2
        when {slip(_FIGURES, "t_figures")} then 3
        when {_PARTS} = 2 then 4
        when levenshtein_less_equal({_FIGURES}, t_figures, 2) <= 2 then 5
        when extract(year from e.born_on) = t_year then 7
        else 8 end
    when 'expected' in (e.birth_precision, t_known) then case
        when e.birth_precision = 'expected' and t_known = 'expected' then case when abs(e.born_on - t_born) <= 21 then 6 else 8 end
        when e.birth_precision = 'expected' and e.born_on between t_born - 45 and t_last + 70 then 6
        when t_known = 'expected' and t_born between e.born_on - 45 and e.born_on + 70 then 6
        else 8 end
    when 'estimated' in (e.birth_precision, t_known) then case
        when abs(extract(year from e.born_on) - t_year) <= 1 then 6
        when abs(extract(year from e.born_on) - t_year) <= 3 then 0
        else 8 end
    when extract(year from e.born_on) = t_year then case
        when 'year' in (e.birth_precision, t_known) or extract(month from e.born_on) = t_month then 6 else 7 end
    else 8 end"""

HOME = """case
    when t_code = '' or e.homes = '' then 0
    when position('|' || t_code || '|' in e.homes) > 0 then 1
    when position('|' || split_part(t_code, ' ', 1) || ' ' in e.homes) > 0 then 2
    else 3 end"""


def _at(attribute: str, kind: str, level: str, step: str = "") -> str:
    place = f"{level} * {STEPS} + {step}" if step else level
    return f"({bits(attribute, kind, by_step=bool(step))})[{place} + 1]"


_GIVEN_STEP = "case when l.g = 1 then t_given_step when l.g in (2, 3) then least(t_given_step, e.given_step) else 0 end"
_FAMILY_STEP = "case when l.f = 1 then t_family_step when l.f = 2 then least(t_family_step, e.family_step) else 0 end"
_NUMBER = 16.0  # bits for a number that is the same: a wrong digit can be another person's


_SHOWN = "(not e.hidden or e.person_id = any((select hearth_allowed_people(hearth_reader()))::uuid[]))"


def scored(among: str, shown: str = _SHOWN) -> str:
    """SQL of everybody `among` (a condition on entries) who may be the one typed, with the levels; the likeliest first.

    `shown` keeps restricted people from whoever is not on their list.
    """
    return f"""
    select w.person_id, w.g, w.f, w.b, w.h, w.n,
        (e_bits - log(2.0, (1 + power(2.0, least(t_prior + {_log(others("household"))} + h_bits, 200))
            + power(2.0, least(t_prior + {_log(others("twins"))} + h_bits + t_bits, 200)))::numeric)::float8 + t_prior) as odds,
        w.words
    from (
        select e.person_id, e.words::text[] as words, l.*,
            {_at("given", "person", "l.g", "s.g")} + {_at("family", "person", "l.f", "s.f")} + {_at("born", "person", "l.b")}
                + {_at("home", "person", "l.h")} + case when l.n then {_NUMBER} else 0 end as e_bits,
            {_at("given", "household", "l.g", "s.g")} + {_at("family", "household", "l.f", "s.f")}
                + {_at("home", "household", "l.h")} as h_bits,
            {_at("born", "twins", "l.b")} as t_bits
        from people_lookupentry e
        cross join lateral (
            select {GIVEN} as g, {FAMILY} as f, {BORN} as b, {HOME} as h,
                (t_numbered <> '{{}}' and e.person_id = any(t_numbered)) as n offset 0
        ) l
        cross join lateral (select {_GIVEN_STEP} as g, {_FAMILY_STEP} as f offset 0) s
        where {among} and {shown}
        offset 0
    ) w
    where w.n or (
        e_bits >= {LEAST} and (w.g between 1 and 6 or w.b in (1, 2) or (w.h = 1 and w.b in (3, 4, 6)))
        and (w.b not in (7, 8) or w.h = 1 or (w.b = 7 and w.g in (1, 2) and w.f = 1))
    )
    order by odds desc, w.person_id limit {MOST}
    """


def _log(number: float) -> str:
    return f"{math.log2(number):.3f}"


def _counted(column: str, word: str) -> str:
    count = f"coalesce((select c.{column} from people_namecount c where c.word = {word}), 0)"
    return STEP.format(everybody="t_everybody", count=count)


# Everything that is compared with each entry, worked out once. Names start with t_ so that no column has them.
DECLARED = f"""
    t_given text := coalesce(given_words[1], '');
    t_middle text := array_to_string(given_words[2:], ' ');
    t_whole text := array_to_string(given_words, ' ');
    t_family text := left(array_to_string(family_words, ' '), 110);
    t_parts text[] := array(select w from unnest(family_words) w where length(w) > 2);
    t_forms text[] := coalesce(other_forms, '{{}}');
    t_born date := born;
    t_known text := known;
    t_code text := code;
    t_day int := extract(day from born);
    t_month int := extract(month from born);
    t_year int := extract(year from born);
    t_figures text := to_char(born, 'YYYYMMDD');
    t_last date := case known when 'year' then born + 364 when 'month' then born + 30 else born end;
    t_turned date := case when known = 'full' and extract(day from born) <= 12
        then make_date(extract(year from born)::int, extract(day from born)::int, extract(month from born)::int) end;
    t_numbered uuid[] := '{{}}';
    t_everybody int := coalesce((select c.given from people_namecount c where c.word = ''), 0);
    t_given_step int := {_counted("given", "given_words[1]")};
    t_family_step int := {_counted("family", "array_to_string(family_words, ' ')")};
    t_prior float8 := -log(2.0, greatest(t_everybody, {FEWEST})::numeric);
"""

_PAIRS = "unnest(t_g) g, unnest(t_f) f"
_YEARS = "unnest(t_years) y"
# In loops: simple expressions cost a fraction of what a query does, and these are made for every look-up.
_NARROW = """
    t_narrow := '{}';
    foreach t_one in array t_g loop
        foreach t_two in array t_f loop
            if t_years = '{}' then
                t_narrow := t_narrow || hearth_look_up_key('n' || hearth_pair_of(t_one, t_two));
            end if;
            foreach t_said in array t_years loop
                t_narrow := t_narrow || hearth_look_up_key('y' || hearth_pair_of(t_one, t_two) || t_said);
            end loop;
        end loop;
    end loop;
    foreach t_one in array t_w loop
        if known = 'full' then
            t_narrow := t_narrow || hearth_look_up_key('d' || t_one || t_figures);
        elsif known = 'month' then
            t_narrow := t_narrow || hearth_look_up_key('m' || t_one || left(t_figures, 6));
        end if;
        if code <> '' then
            t_narrow := t_narrow || hearth_look_up_key('p' || t_one || code);
        end if;
    end loop;
"""
_WIDE = f"""
    t_wide := array(
        select hearth_look_up_key('b' || to_char(d, 'YYYYMMDD')) from unnest(array[born, t_turned]) d where known = 'full' and d is not null
        union all select hearth_look_up_key('h' || code) where code <> ''
        union all select hearth_look_up_key('m' || w || to_char(born, 'YYYYMM')) from unnest(t_w) w where known in ('full', 'expected')
        union all select hearth_look_up_key('i' || hearth_pair_of(left(g, 1), left(f, 1)) || to_char(born, 'YYYYMM'))
            from {_PAIRS} where known in ('full', 'month')
        union all select hearth_look_up_key('x' || g || left(f, 1) || y) from {_PAIRS}, {_YEARS}
        union all select hearth_look_up_key('x' || f || left(g, 1) || y) from {_PAIRS}, {_YEARS}
        union all select hearth_look_up_key('e' || w || t_year) from unnest(t_w) w where known in ('full', 'month')
        union all select hearth_look_up_key('c' || w || to_char(born, 'MMDD')) from unnest(t_w) w where known = 'full'
        union all select hearth_look_up_key('t' || hearth_pair_of(hearth_sound(g), hearth_sound(f)) || y) from {_PAIRS}, {_YEARS}
        union all select hearth_look_up_key('s' || hearth_pair_of(hearth_sound(g), hearth_sound(f))) from {_PAIRS} where t_years = '{{}}'
        union all select hearth_look_up_key('y' || hearth_pair_of(g, f) || y)
            from unnest(t_forms) g, unnest(t_f) f, {_YEARS} where t_years <> '{{}}'
        union all select hearth_look_up_key('n' || hearth_pair_of(g, f)) from unnest(t_forms) g, unnest(t_f) f where t_years = '{{}}'
    );
"""
# O'Connor is one word, and Connor typed without it another: each is asked for beside the other.
_PREPARED = """
    t_g := hearth_plain_words(given_words, 2);
    t_f := hearth_plain_words(family_words, 4);
    foreach t_one in array t_f loop
        if length(t_one) > 3 and t_one !~ '^o' then
            t_f := t_f || ('o' || t_one);
        elsif length(t_one) > 4 and t_one ~ '^o[^aeiou]' then
            t_f := t_f || substr(t_one, 2);
        end if;
    end loop;
    t_w := array_remove(t_g || t_f, '');
    t_years := case when born is null or known in ('unknown', 'expected') then '{}'::text[]
        when known = 'estimated' then array[t_year - 1, t_year, t_year + 1]::text[] || '{?}' else array[t_year::text, '?'] end;
    if numbers <> '{}' then
        t_numbered := array(select i.person_id from people_identifier i where i.kind in ('nhs', 'upn') and i.value = any(numbers));
    end if;
"""
SIGNATURE = (
    "given_words text[], other_forms text[], family_words text[], born date, known text, code text, numbers text[]"
)
TYPES = "text[], text[], text[], date, text, text, text[]"
RESULT = "table(person_id uuid, g int, f int, b int, h int, n boolean, odds float8, words text[])"

_ALIKE = f"""
    create or replace function hearth_alike({SIGNATURE}) returns {RESULT}
    language plpgsql stable security definer set search_path = public, pg_temp set jit = off set plan_cache_mode = force_generic_plan as $$
    #variable_conflict use_column
    declare
        {DECLARED}
        t_g text[]; t_f text[]; t_w text[]; t_years text[]; t_narrow int[]; t_wide int[];
        t_best float8 := -1000; t_row record; t_one text; t_two text; t_said text;
    begin
        {_PREPARED}
        {_NARROW}
        for t_row in {scored("(e.keys && t_narrow or e.person_id = any(t_numbered))")} loop
            t_best := greatest(t_best, t_row.odds);
            person_id := t_row.person_id; g := t_row.g; f := t_row.f; b := t_row.b; h := t_row.h; n := t_row.n;
            odds := t_row.odds; words := t_row.words;
            return next;
        end loop;
        if t_best < {SURE} then
            {_WIDE}
            return query {scored("e.keys && t_wide")};
        end if;
    end $$;
    grant create on schema public to hearth_gate;
    alter function hearth_alike({TYPES}) owner to hearth_gate;
    revoke create on schema public from hearth_gate;
    revoke all on function hearth_alike({TYPES}) from public;
    grant execute on function hearth_alike({TYPES}) to hearth_gate;
"""


# Whom the reader may not know of, and would most likely have been shown: the safeguarding desk is told, once an hour.
NOTE = f"""
    #variable_conflict use_column
    declare
        {DECLARED}
        t_kept uuid[] := array(
            select p.id from people_person p
                where p.hidden and not (p.id = any((select hearth_allowed_people(hearth_reader()))::uuid[]))
            union
            select m.person_id from people_family g join people_membership m on m.family_id = g.id
                where g.restricted and not (g.id = any((select hearth_allowed_families(hearth_reader()))::uuid[])));
    begin
        if t_kept = '{{}}' or hearth_reader() is null then
            return;
        end if;
        insert into people_restrictedsearch (id, created_at, person_id, searched_by_id)
        select gen_random_uuid(), clock_timestamp(), k.person_id, hearth_reader()
        from (select distinct w.person_id from ({scored("e.person_id = any(t_kept)", "true")}) w where w.odds >= 0) k
        where not exists (
            select 1 from people_restrictedsearch s where s.person_id = k.person_id and s.searched_by_id = hearth_reader()
            and s.created_at > now() - interval '1 hour');
    end
"""


def everybody_weighed(name: str) -> str:
    """SQL of a function that weighs every entry instead of the few that share a key: what the benchmark holds it against."""
    return f"""
    create or replace function {name}({SIGNATURE}) returns {RESULT} language plpgsql stable set jit = off as $$
    #variable_conflict use_column
    declare
        {DECLARED}
    begin
        return query {scored("true")};
    end $$
    """


def functions() -> list[RunSQL]:
    """hearth_alike: called by functions of the gate alone. Made again by a migration whenever the weights change."""
    return [RunSQL(_ALIKE, f"drop function hearth_alike({TYPES})")]
