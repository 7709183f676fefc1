"""A provider changes what the directory says of them, a steward approves it side by side, and a family reads it."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.fixtures import PHONE, too_wide
from tests.browser.product import Product
from tests.journeys.hands import heading, main, press, write

# An entry of the provider's own organisation for which no change waits, and one of somebody else's.
THEIRS = """select s.reference, s.name from directory_service s join directory_listedorganisation o on o.id = s.organisation_id
    join accounts_user u on u.organisation_id = o.agency_id and u.email = %s
    where s.feed_id is null and not exists (select from directory_servicechange c where c.service_id = s.id)
    order by s.name limit 1"""
ANOTHERS = """select s.reference from directory_service s join directory_listedorganisation o on o.id = s.organisation_id
    where o.agency_id not in (select organisation_id from accounts_user where email = %s) order by s.name limit 1"""
ALERT = "We move to the library in the first week of January."


def test_a_provider_changes_an_entry_and_families_read_it_once_a_steward_approved_it(
    product: Product, sign_in: Callable[..., Page], visitor: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    email = product.somebody("provider")["email"]
    [(service, name)], [(other,)] = product.sql(THEIRS, email), product.sql(ANOTHERS, email)
    provider = sign_in("provider", screen=PHONE)
    provider.goto("/directory/")
    axe(provider)
    provider.goto(f"/directory/services/{service}/")
    heading(provider, name)
    assert too_wide(provider) == 0
    provider.get_by_role("button", name="Change the entry").click()
    heading(provider, "Change the entry")
    write(provider, alert=ALERT, description="")
    press(provider, "Send it to a steward")  # a slip of the thumb
    expect(provider.locator(".govuk-error-summary")).to_be_visible()
    expect(provider.locator('[name="alert"]')).to_have_value(ALERT)
    write(provider, description="For anybody with a child: come as you are.")
    axe(provider)
    press(provider, "Send it to a steward")
    provider.wait_for_url(re.compile(r"/directory/changes/[\w-]+/$"))
    provider.goto(f"/directory/services/{service}/")
    assert "waits for a steward" in main(provider)
    assert provider.request.get(f"/directory/services/{other}/change/").status in (403, 404), "somebody else's"

    family = visitor(PHONE)
    family.goto(f"/find-help/{service}/")
    assert ALERT not in main(family)

    steward = sign_in("commissioner")
    steward.goto("/directory/changes/")
    steward.get_by_role("link", name=name).first.click()
    heading(steward, name)
    compared = main(steward)
    assert ALERT in compared and "come as you are" in compared
    axe(steward)
    steward.get_by_role("button", name="Approve it").click()
    press(steward, "Publish it")
    heading(steward, name)

    family.reload()
    assert ALERT in main(family)
    axe(family)
    assert too_wide(family) == 0
    provider.goto(f"/directory/services/{service}/")
    assert ALERT in main(provider) and "waits for a steward" not in main(provider)
