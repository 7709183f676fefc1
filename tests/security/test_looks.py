"""Every page that shows a family's record leaves a look, walked from the URL table: the forms too, in the running product."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.product import Product
from tests.security.hostile.walking import routes

# Whose references fill an address, by how it begins: one row that the reader of that part of the house may open.
OF_WORKER = """select {wanted} from cases_case c join people_family f on f.id = c.family_id
    join accounts_user u on u.id = c.lead_id join plans_plan p on p.case_id = c.id
    join plans_review r on r.plan_id = p.id join assessments_assessment a on a.case_id = c.id
    join notes_note n on n.case_id = c.id
    where u.email = %s and c.stage = 'working' order by c.reference limit 1"""
REFERENCES = {
    "families/": OF_WORKER.format(wanted="f.reference"),
    "cases/": OF_WORKER.format(wanted="c.reference"),
    "plans/": OF_WORKER.format(wanted="p.reference"),
    "assessments/": OF_WORKER.format(wanted="a.reference"),
    "notes/": OF_WORKER.format(wanted="n.reference"),
    "people/": OF_WORKER.format(
        wanted="(select e.reference from people_person e join people_membership m on m.person_id = e.id"
        " where m.family_id = f.id and m.role = 'child' order by e.reference limit 1)"
    ),
}
WAITING = """select q.reference from front_door_request q join accounts_area a on a.id = q.area_id
    where q.state = 'received' order by q.reference limit 1"""
CHILD = REFERENCES["people/"]
OF_A_FAMILY = ("families/", "cases/", "plans/", "assessments/", "notes/", "people/")
WHOSE = {
    "family_worker": OF_A_FAMILY,
    "manager": OF_A_FAMILY,
    "front_door_officer": ("requests/",),
}
# What else an address may ask for.
OTHERS = {"number": "1", "place": "1", "section": "beginning", "question": "father", "kind": "visit"}


def addresses(product: Product, begins: tuple[str, ...]) -> list[str]:
    """Every address under these that is about one thing, with one of this family worker's families in it."""
    worker = product.somebody("family_worker")["email"]
    child = product.sql(CHILD, worker)[0][0]
    asked = {start: sql for start, sql in {**REFERENCES, "requests/": WAITING}.items() if start in begins}
    references = {
        start: (product.sql(sql, worker) if "%s" in sql else product.sql(sql))[0][0] for start, sql in asked.items()
    }
    found = []
    for route in dict.fromkeys(route for route, _ in routes()):
        start = next((one for one in begins if route.startswith(one)), None)
        if start is None or "reference>" not in route:
            continue
        values = {**OTHERS, "reference": references[start], "person": child, "child": child}
        filled = re.sub(r"<(?:\w+:)?(\w+)>", lambda part: values.get(part[1], "x"), route)  # noqa: B023 - used at once
        found.append(f"/{filled}")
    return found


@pytest.mark.parametrize("who", WHOSE)
def test_a_page_about_a_family_is_never_opened_without_a_trace(
    who: str, product: Product, sign_in: Callable[..., Page]
) -> None:
    page, reader = sign_in(who), product.somebody(who)["name"]
    unseen, opened = [], 0
    for path in addresses(product, WHOSE[who]):
        (before,) = product.sql("select clock_timestamp()")[0]
        answer = page.request.get(path, max_redirects=0)
        if answer.status != 200 or "/assessment/writing/" in path:  # who else is writing: a colleague's name alone
            continue
        opened += 1
        left = product.sql(
            "select verb, family_id from audit_auditevent"
            " where actor_name = %s and created_at >= %s and kind in ('looked', 'exported')",
            reader,
            before,
        )
        about_nobody = [verb for verb, family in left if family is None and not path.startswith("/requests/")]
        if not left or about_nobody:
            unseen.append(f"{path}: {left}")
    assert not unseen, "\n".join(unseen)
    assert opened > 1


@pytest.mark.parametrize(
    ("path", "kind"), [("plans/{}/print/", "plan_printed"), ("cases/{}/notes/print/", "notes_printed")]
)
def test_what_is_taken_out_is_on_record_as_taken_out(
    path: str, kind: str, product: Product, sign_in: Callable[..., Page]
) -> None:
    worker = product.somebody("family_worker")
    reference = product.sql(REFERENCES[path.partition("/")[0] + "/"], worker["email"])[0][0]
    assert sign_in("family_worker").request.get("/" + path.format(reference)).status == 200
    taken = "select verb from audit_auditevent where actor_name = %s and kind = 'exported' order by created_at desc"
    assert product.sql(taken, worker["name"])[0][0].endswith(kind)
