"""Row policies of members' requests. The conditions are those of reach.py. Used by migrations only."""

from django.db.migrations import RunSQL

from hearth.foundation.core.policies import events, only, protect
from hearth.oversight.governance.member_requests.reach import KEPT_HERE, request_sql

ME = "hearth_reader()"
REQUEST, ANSWER = "member_requests_memberrequest", "member_requests_requestanswer"
SEE, EDIT, DECIDE = (request_sql(what) for what in ("see", "edit", "decide"))
# A request is closed with the answer that went, or by the member: whoever sets it so.
_SENT = f"exists (select 1 from {ANSWER} a where a.request_id = {REQUEST}.id and a.state = 'sent')"


def requests() -> list[RunSQL]:
    """A request is read where it belongs, kept by whoever keeps them there, answered by its owner; another approves."""
    return [
        protect(
            REQUEST,
            read=request_sql("see", "id"),
            add=f"noted_by_id = {ME} and state = 'open' and {KEPT_HERE}",
            change=f"({request_sql('edit', 'id')} or {request_sql('decide', 'id')}) and (state not in ('answered', 'closed') or {_SENT})",
        ),
        only(
            REQUEST,
            "asked_by, meeting, asked_on, kind, what, due_on, due_words, owner_id, only_roles, state, sent_on, closed_on, withdrawn_words",
        ),
        protect(
            ANSWER,
            read=SEE,
            add=f"written_by_id = {ME} and state = 'written' and {EDIT}",
            change=f"({EDIT} and state in ('approved', 'sent')) or ({DECIDE} and state in ('written', 'returned', 'approved'))",
        ),
        only(ANSWER, "state, decided_by_id, decided_at, comment, sent_by_id, sent_on, sent_how"),
        RunSQL(
            f"""
            create function hearth_request_answer_stands() returns trigger language plpgsql set search_path = public, pg_temp as $stands$
            begin
                if old.state in ('returned', 'sent') then
                    raise exception 'An answer stands: write the next' using errcode = 'insufficient_privilege';
                end if;
                if new.state in ('approved', 'returned') and (new.decided_by_id <> hearth_reader()
                        or not (new.request_id = any((select hearth_member_requests(hearth_reader(), 'decide'))::uuid[]))) then
                    raise exception 'An answer is approved by whoever approves, in their own name' using errcode = 'insufficient_privilege';
                end if;
                if new.state = 'sent' and old.state <> 'approved' then
                    raise exception 'An answer is approved before it is sent' using errcode = 'insufficient_privilege';
                end if;
                return new;
            end $stands$;
            create trigger stands before update on {ANSWER} for each row execute function hearth_request_answer_stands();
            """,
            f"drop trigger stands on {ANSWER}; drop function hearth_request_answer_stands();",
        ),
        events(f"{REQUEST}event", REQUEST),
        events(f"{ANSWER}event", ANSWER),
    ]  # fmt: skip
