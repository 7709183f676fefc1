"""SQL that writes look-up entries: the words of a name, its keys, and the triggers. Used by migrations only.

A key is a hash of something that a search and the person may agree on (a pair of names and a year, a name and a postcode),
so that one index finds the few people who share any of them. `hearth_look_up_key` never changes its answer: keys are stored.
"""

from django.db.migrations import RunSQL

# What counts as one word of a name in keys: Macdonald and McDonald are one.
PLAIN_WORDS = """
    create or replace function hearth_plain_words(words text[], most int) returns text[] language plpgsql immutable parallel safe as $$
    declare
        plain text[] := '{}';
        word text;
    begin
        foreach word in array words[:most] || array_to_string(words, '') loop
            word := case when word like 'mac%' then 'mc' || substr(word, 4) else word end;
            if word <> '' and not word = any(plain) then
                plain := plain || word;
            end if;
        end loop;
        return plain;
    end $$;
"""

_WORDS = """
    create function hearth_look_up_key(said text) returns int language sql immutable parallel safe as $$
        select ('x' || left(md5(said), 8))::bit(32)::int
    $$;

    create function hearth_pair_of(one text, other text) returns text language sql immutable parallel safe as $$
        select case when one collate "C" < other collate "C" then one || '|' || other else other || '|' || one end
    $$;
"""

# How many words of the folded name are given names: folding parts words where anything but a letter or figure stands.
_SPLIT = """
    create function hearth_given_words(given text, folded text) returns int language sql immutable parallel safe as $$
        select least(
            cardinality(array_remove(
                regexp_split_to_array(translate(given, '''’`ʼ.', ''), '[^[:alnum:]]+'), '')),
            cardinality(string_to_array(folded, ' ')))
    $$;
"""

# Keys, by what must agree: n both names; y both names and the year; s, t the same by sound; x a name, the first letter of the
# other and the year; i both first letters, month and year; e a name and the year where only that is on record; d, m, c, p a name and the birth
# date, its month and year, its day and month, or a postcode; b the birth date alone; h a postcode alone.
# Where no year is known a ? stands for it. A child that was expected is looked for by the months around the day.
_KEYS = """
    create function hearth_look_up_keys(given text[], family text[], born date, known text, codes text[]) returns int[]
    language plpgsql immutable parallel safe as $$
    declare
        gs text[] := hearth_plain_words(given, 2);
        fs text[] := hearth_plain_words(family, 4);
        ys text[] := '{?}';
        ms text[] := '{}';
        k text[] := '{}';
        g text; f text; p text; i text; s text; y text; m text; w text; c text;
    begin
        if born is not null and known not in ('expected', 'unknown') then
            ys := array[extract(year from born)::text];
            if known = 'estimated' then
                ys := ys || (extract(year from born) - 1)::text || (extract(year from born) + 1)::text;
            end if;
        end if;
        if born is not null and known in ('full', 'month') then
            ms := array[to_char(born, 'YYYYMM')];
        elsif born is not null and known = 'expected' then
            foreach w in array '{-2,-1,0,1}'::text[] loop
                ms := ms || to_char(born + w::int * interval '1 month', 'YYYYMM');
            end loop;
        end if;
        foreach g in array gs loop
            foreach f in array fs loop
                p := hearth_pair_of(g, f);
                i := hearth_pair_of(left(g, 1), left(f, 1));
                s := hearth_pair_of(hearth_sound(g), hearth_sound(f));
                k := k || array['n' || p, 's' || s];
                foreach y in array ys loop
                    k := k || array['y' || p || y, 't' || s || y, 'x' || g || left(f, 1) || y, 'x' || f || left(g, 1) || y];
                end loop;
                foreach m in array ms loop
                    k := k || ('i' || i || m);
                end loop;
            end loop;
        end loop;
        foreach w in array gs || fs loop
            foreach m in array ms loop
                k := k || ('m' || w || m);
            end loop;
            if known = 'full' then
                k := k || array['d' || w || to_char(born, 'YYYYMMDD'), 'c' || w || to_char(born, 'MMDD')];
            elsif known in ('year', 'estimated') then
                foreach y in array ys loop
                    k := k || ('e' || w || y);
                end loop;
            end if;
            foreach c in array codes loop
                k := k || ('p' || w || c);
            end loop;
        end loop;
        foreach c in array codes loop
            k := k || ('h' || c);
        end loop;
        if known = 'full' then
            k := k || ('b' || to_char(born, 'YYYYMMDD'));
        end if;
        return array(select distinct hearth_look_up_key(u) from unnest(k) u);
    end $$;
"""

# How rare a name is, in steps of two bits, as the linkage reckons it. While few are on record, names are taken to be ordinary.
ORDINARY, ENOUGH = 4, 2000
STEP = f"""case when {{everybody}} < {ENOUGH} then {ORDINARY}
    else least(15, greatest(0, round(-log(2.0, greatest({{count}}, 1)::numeric / {{everybody}}) / 2)))::int end"""
_EVERYBODY = "(select coalesce(max(c.given), 0) from people_namecount c where c.word = '')"


def _rows(where: str) -> str:
    """SQL of the entries of people for whom `where` holds: their name, what they are called, and each other name."""
    part = "(string_to_array({folded}, ' '))[{n}]"
    given = part.format(folded="{folded}", n=":hearth_given_words({given}, {folded})")
    family = part.format(folded="{folded}", n="hearth_given_words({given}, {folded}) + 1:")
    main = {"given": "p.given_name", "folded": "p.folded_name"}
    other = {"given": "o.given_name", "folded": "o.folded_name"}
    step = STEP.format(everybody=_EVERYBODY, count="coalesce({count}, 0)")
    return f"""
    with who as (
        select p.id, p.born_on, p.birth_precision, p.hidden, p.folded_known_as,
            {given.format(**main)} as given, {family.format(**main)} as family,
            coalesce((select array_agg(distinct a.postcode) from people_address a
                where a.person_id = p.id and a.postcode <> ''), '{{}}') as codes
        from people_person p where {where}
    ),
    named as (
        select id, given, family from who
        union
        select id, string_to_array(folded_known_as, ' '), family from who where folded_known_as <> ''
        union
        select w.id, coalesce(nullif({given.format(**other)}, '{{}}'), w.given), coalesce(nullif({family.format(**other)}, '{{}}'), w.family)
        from who w join people_personname o on o.person_id = w.id
    )
    select gen_random_uuid(), now(), w.id, coalesce(n.given[1], ''), array_to_string(n.given[2:], ' '), array_to_string(n.family, ' '),
        n.given || n.family, {step.format(count="g.given")}, {step.format(count="f.family")},
        w.born_on, w.birth_precision, coalesce('|' || nullif(array_to_string(w.codes, '|'), '') || '|', ''), w.hidden,
        coalesce(hearth_look_up_keys(n.given, n.family, w.born_on, w.birth_precision, w.codes), '{{}}')
    from named n join who w using (id)
    left join people_namecount g on g.word = n.given[1]
    left join people_namecount f on f.word = array_to_string(n.family, ' ')
    """


_COLUMNS = "id, created_at, person_id, given, middle, family, words, given_step, family_step, born_on, birth_precision, homes, hidden, keys"
_INSERT = f"insert into people_lookupentry ({_COLUMNS})"

# Two who change one person: the second waits, and then writes what both did.
_KEPT = f"""
    grant select, insert, delete on people_lookupentry to hearth_gate;
    create policy gate on people_lookupentry for all to hearth_gate using (true) with check (true);
    grant create on schema public to hearth_gate;

    create function hearth_enter_again(who uuid[]) returns void language plpgsql volatile security definer
    set search_path = public, pg_temp as $$ begin
        perform 1 from people_person where id = any(who) order by id for no key update;
        delete from people_lookupentry where person_id = any(who);
        {_INSERT} {_rows("p.id = any(who)")};
    end $$;
    create function hearth_people_entered() returns trigger language plpgsql security definer
    set search_path = public, pg_temp as $$ begin
        {_INSERT} {_rows("p.id = any(array(select a.id from added a))")};
        return null;
    end $$;
    create function hearth_entered_again() returns trigger language plpgsql security definer
    set search_path = public, pg_temp as $$ begin
        if tg_table_name = 'people_person' then
            perform hearth_enter_again(array[new.id]);
        elsif tg_op = 'UPDATE' then
            perform hearth_enter_again(array[old.person_id, new.person_id]);
        elsif tg_op = 'DELETE' then
            perform hearth_enter_again(array[old.person_id]);
        else
            perform hearth_enter_again(array[new.person_id]);
        end if;
        return null;
    end $$;
    create function hearth_entry_removed() returns trigger language plpgsql security definer
    set search_path = public, pg_temp as $$ begin
        delete from people_lookupentry where person_id = old.id;
        return old;
    end $$;

    alter function hearth_enter_again(uuid[]) owner to hearth_gate;
    alter function hearth_people_entered() owner to hearth_gate;
    alter function hearth_entered_again() owner to hearth_gate;
    alter function hearth_entry_removed() owner to hearth_gate;
    revoke create on schema public from hearth_gate;
    revoke all on function hearth_enter_again(uuid[]) from public;
    grant execute on function hearth_enter_again(uuid[]) to hearth_gate;
    grant select, insert, delete on people_namecount to hearth_gate;
    create policy gate on people_namecount for all to hearth_gate using (true) with check (true);

    create trigger entries_added after insert on people_person referencing new table as added
        for each statement execute function hearth_people_entered();
    create trigger entries_changed after update of given_name, folded_name, folded_known_as, born_on, birth_precision, hidden on people_person
        for each row when ((old.given_name, old.folded_name, old.folded_known_as, old.born_on, old.birth_precision, old.hidden)
            is distinct from (new.given_name, new.folded_name, new.folded_known_as, new.born_on, new.birth_precision, new.hidden))
        execute function hearth_entered_again();
    create trigger entries_removed before delete on people_person for each row execute function hearth_entry_removed();
    create trigger entries_changed after insert or update or delete on people_personname
        for each row execute function hearth_entered_again();
    create trigger entries_added after insert on people_address for each row when (new.postcode <> '')
        execute function hearth_entered_again();
    create trigger entries_changed after update on people_address for each row
        when ((old.postcode, old.person_id) is distinct from (new.postcode, new.person_id))
        execute function hearth_entered_again();
    create trigger entries_removed after delete on people_address for each row when (old.postcode <> '')
        execute function hearth_entered_again();
"""

# Counts names and writes every entry anew: for a register that was there before, or was loaded past the triggers.
_FILL = f"""
    create function hearth_count_names() returns void language sql volatile security definer
    set search_path = public, pg_temp as $$
        delete from people_namecount;
        insert into people_namecount (id, created_at, word, given, family)
        with n as (
            select string_to_array(folded_name, ' ') as words, hearth_given_words(given_name, folded_name) as g from people_person
        )
        select gen_random_uuid(), now(), word, sum(g), sum(f) from (
            select words[1] as word, 1 as g, 0 as f from n where g > 0
            union all select array_to_string(words[g + 1:], ' '), 0, 1 from n where cardinality(words) > g
            union all select '', 1, 1 from n
        ) w group by word
    $$;
    grant create on schema public to hearth_gate;
    alter function hearth_count_names() owner to hearth_gate;
    revoke create on schema public from hearth_gate;
    create function hearth_fill_look_up() returns void language plpgsql volatile set search_path = public, pg_temp as $$ begin
        delete from people_lookupentry;
        perform hearth_count_names();
        {_INSERT} {_rows("true")};
    end $$;
    revoke all on function hearth_count_names(), hearth_fill_look_up() from public;
    grant execute on function hearth_count_names() to hearth_worker;
"""

_DROPPED = """
    drop function hearth_fill_look_up(); drop function hearth_count_names();
    drop trigger entries_removed on people_address; drop trigger entries_changed on people_address;
    drop trigger entries_added on people_address; drop trigger entries_changed on people_personname;
    drop trigger entries_removed on people_person; drop trigger entries_changed on people_person;
    drop trigger entries_added on people_person;
    drop function hearth_entry_removed(); drop function hearth_entered_again(); drop function hearth_people_entered();
    drop function hearth_enter_again(uuid[]);
    drop policy gate on people_namecount; revoke all on people_namecount from hearth_gate;
    drop policy gate on people_lookupentry; revoke all on people_lookupentry from hearth_gate;
    drop function hearth_look_up_keys(text[], text[], date, text, text[]);
    drop function hearth_given_words(text, text); drop function hearth_pair_of(text, text);
    drop function hearth_plain_words(text[], int); drop function hearth_look_up_key(text);
"""


def functions() -> list[RunSQL]:
    """The words, the keys, and the triggers that keep entries; then everybody who is there already."""
    return [
        RunSQL(PLAIN_WORDS + _WORDS + _SPLIT + _KEYS + _KEPT + _FILL, _DROPPED),
        RunSQL("select hearth_fill_look_up()", RunSQL.noop),
    ]
