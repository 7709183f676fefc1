"""How the tests come to a Chromium: one that is there, else one that is fetched, else a sentence; never half of one.

Each is tried as `make browser` does it, in a process of its own, among programs that are shell scripts and no others.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hearth.config.browser import HOW, NAMES
from tests.commands.fetching import Machine, file_server

CHROMIUM = "echo Chromium 147.0.0.0"
SNAP = "echo 'Command not found. Install it: snap install chromium' >&2; exit 1"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Nothing is installed on it, nothing answers, and whoever is there is not root."""
    return Machine(tmp_path)


def test_one_that_is_there_is_used_and_nothing_is_fetched(machine: Machine) -> None:
    there = machine.install("chromium", CHROMIUM)
    machine.install("apt-get")
    machine.install("npm")
    assert machine.gets(user=0) == f"The browser tests use {there}."
    assert machine.tried() == []


@pytest.mark.parametrize("name", NAMES)
def test_it_may_have_any_of_the_names_that_distributions_give_it(machine: Machine, name: str) -> None:
    there = machine.install(name, "echo Microsoft Edge 147" if "edge" in name else CHROMIUM)
    assert machine.gets() == f"The browser tests use {there}."


@pytest.mark.parametrize("instead", [SNAP, "echo Firefox 140", "echo Chromium 147; exit 1", "kill -9 $$"])
def test_a_name_that_does_not_start_is_passed_over(machine: Machine, instead: str) -> None:
    machine.install("chromium", instead)
    there = machine.install("google-chrome", CHROMIUM)
    assert machine.gets() == f"The browser tests use {there}."


def test_one_that_is_named_comes_before_all_that_are_there(machine: Machine) -> None:
    machine.install("chromium", CHROMIUM)
    named = machine.install("my-own", CHROMIUM)
    assert machine.gets(HEARTH_CHROMIUM=str(named)) == f"The browser tests use {named}."


@pytest.mark.parametrize("named", ["nowhere", "broken", ""])
def test_one_that_is_named_and_does_not_start_is_said_and_nothing_else_is_tried(machine: Machine, named: str) -> None:
    machine.install("broken", SNAP)
    machine.install("chromium", CHROMIUM)
    machine.install("apt-get")
    machine.install("npm")
    assert machine.gets(user=0, HEARTH_CHROMIUM=str(machine.programs / named)) == HOW
    assert machine.tried() == []


def test_root_is_given_the_distributions_package(machine: Machine) -> None:
    machine.install("apt-get", f'[ "$1" = install ] && {machine.puts("chromium", CHROMIUM)}; true')
    machine.install("npm")
    assert machine.gets(user=0).endswith(f"The browser tests use {machine.programs / 'chromium'}.")
    assert machine.tried() == [
        "apt-get update -qq",
        "apt-get install -y -qq --no-install-recommends chromium",
    ]


def test_who_is_not_root_does_not_touch_the_distributions_packages(machine: Machine) -> None:
    machine.install("apt-get", machine.puts("chromium", CHROMIUM))
    assert machine.gets(user=1000).endswith(HOW)
    assert machine.tried() == []


@pytest.mark.parametrize("fault", ["exit 100", '[ "$1" = install ] && {snap}; true'], ids=["none", "only a snap"])
def test_where_the_distribution_gives_none_that_starts_the_registry_is_asked(machine: Machine, fault: str) -> None:
    machine.install("apt-get", fault.replace("{snap}", machine.puts("chromium", SNAP)))
    machine.install("npm", machine.packs())
    assert machine.gets(user=0).endswith(f"The browser tests use {machine.unpacked}.")
    assert [line.split()[0] for line in machine.tried()][-1] == "npm"


def test_the_one_inside_a_package_is_there_with_its_libraries_and_fonts_and_fetched_once(machine: Machine) -> None:
    machine.install("npm", machine.packs())
    assert machine.gets().endswith(f"The browser tests use {machine.unpacked}.")
    assert machine.tried() == ["npm pack --silent @sparticuz/chromium@147.0.2"]
    assert f"<dir>{machine.unpacked.parent / 'fonts'}</dir>" in (machine.unpacked.parent / "fonts.conf").read_text()
    assert machine.gets() == f"The browser tests use {machine.unpacked}."
    assert len(machine.tried()) == 1


def test_where_there_is_no_npm_one_comes_inside_a_python_package_and_goes_again(machine: Machine) -> None:
    machine.offer_node(machine.packs())
    assert machine.gets().endswith(f"The browser tests use {machine.unpacked}.")
    assert machine.tried() == ["npm-cli.js pack --silent @sparticuz/chromium@147.0.2"]
    assert machine.left_over() == []


def test_a_node_with_another_hash_is_not_run(machine: Machine) -> None:
    machine.offer_node(machine.packs(), hash_of=b"another")
    assert machine.gets().endswith(HOW)
    assert machine.tried() == []
    assert machine.left_over() == []


def test_a_package_with_another_hash_is_refused_and_nothing_of_it_stays(machine: Machine) -> None:
    machine.install("npm", machine.packs())
    assert machine.gets(hash="c29tZSBvdGhlcg==").endswith(HOW)
    assert machine.tried() == ["npm pack --silent @sparticuz/chromium@147.0.2"]
    assert machine.left_over() == []


@pytest.mark.parametrize("fault", ["exit 1", "true", "echo nonsense >sparticuz-chromium-147.0.2.tgz"])
def test_a_registry_that_does_not_answer_or_sends_something_else_leaves_the_sentence(
    machine: Machine, fault: str
) -> None:
    machine.install("npm", fault)
    assert machine.gets().endswith(HOW)
    assert machine.left_over() == []


def test_half_of_one_never_takes_the_place(machine: Machine) -> None:
    machine.install("npm", machine.packs(without="chromium.br"))
    assert machine.gets().endswith(HOW)
    assert not machine.unpacked.parent.exists()


def test_killed_while_it_unpacks_it_leaves_none_and_the_next_time_unpacks_it_whole(machine: Machine) -> None:
    machine.install("npm", machine.packs())
    assert machine.run(killed_at="swiftshader").returncode == -9
    assert (machine.unpacked.parent.with_name("browser.new") / "chromium").exists()
    assert not machine.unpacked.parent.exists()
    assert machine.gets().endswith(f"The browser tests use {machine.unpacked}.")
    assert not machine.unpacked.parent.with_name("browser.new").exists()


def test_one_that_no_longer_starts_is_replaced(machine: Machine) -> None:
    machine.install("npm", machine.packs())
    machine.gets()
    machine.unpacked.write_text("")
    assert machine.gets().endswith(f"The browser tests use {machine.unpacked}.")


@pytest.mark.parametrize(("system", "machine_is"), [("Linux", "aarch64"), ("Darwin", "x86_64")])
def test_the_package_is_asked_for_where_it_runs_alone(machine: Machine, system: str, machine_is: str) -> None:
    machine.install("npm", machine.packs())
    assert machine.gets(system=system, machine=machine_is).endswith(HOW)
    assert machine.tried() == []


@pytest.fixture
def downloads(machine: Machine) -> Iterator[str]:
    """Where Playwright's own Chromium is, for whatever machine this is."""
    with file_server(machine.playwrights_own(), CHROMIUM) as address:
        yield address


def test_where_there_is_nothing_else_playwright_downloads_its_own(machine: Machine, downloads: str) -> None:
    said = machine.gets(system="Darwin", playwright="asked", PLAYWRIGHT_DOWNLOAD_HOST=downloads)
    assert said.endswith(f"The browser tests use {machine.playwrights_own()}.")


def test_where_there_is_none_at_all_it_says_how_to_get_one_and_the_other_tests_still_run(machine: Machine) -> None:
    done = machine.run(playwright="asked")
    assert done.stderr.strip() == HOW
    assert done.returncode == 0


USES = """
from tests.browser.fixtures import browser

def test_a_page_opens(browser):
    raise SystemExit("There is a browser.")

def test_what_needs_no_browser():
    pass
"""


def test_without_one_the_browser_tests_fail_with_the_sentence_and_are_not_skipped(tmp_path: Path) -> None:
    (tmp_path / "test_of_a_page.py").write_text(USES)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    variables = {"PATH": os.environ["PATH"], "HEARTH_CHROMIUM": str(tmp_path / "nowhere"), "HEARTH_VAR": str(tmp_path)}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:django", "-q", str(tmp_path)]
    done = subprocess.run(command, env=variables, capture_output=True, text=True)
    assert done.returncode == 1
    assert HOW in done.stdout
    assert "1 passed, 1 error" in done.stdout
    assert "skipped" not in done.stdout
