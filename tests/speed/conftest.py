"""The hostile walk's world, rightful readers and ways, planted anew for this folder: here it is made to grow."""

from tests.security.hostile.conftest import as_reader, stops, world  # noqa: F401
