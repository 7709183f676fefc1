"""Copies of the practice folder, which tests spoil one way at a time."""

import shutil
from pathlib import Path

PRACTICE = Path(__file__).resolve().parents[4] / "practice"
PACKS = ("essex", "lancashire", "stockton")


class Copy:
    """A copy of practice/, and the hand that spoils it."""

    def __init__(self, home: Path) -> None:
        self.practice = home / "practice"
        shutil.copytree(PRACTICE, self.practice)

    def folder(self, name: str = "lancashire") -> Path:
        return self.practice / name

    def path(self, file: str) -> Path:
        """A file of Lancashire's pack, or of another where a folder is given."""
        return self.practice / (file if "/" in file else f"lancashire/{file}")

    def swap(self, file: str, old: str, new: str) -> None:
        """Change the first place that says `old`."""
        text = self.path(file).read_text(encoding="utf-8")
        assert old in text, f"{file} does not say {old!r}, so the test would test nothing"
        self.path(file).write_text(text.replace(old, new, 1), encoding="utf-8")

    def add(self, file: str, text: str) -> None:
        """Write at the end."""
        self.path(file).write_text(self.path(file).read_text(encoding="utf-8") + text, encoding="utf-8")
