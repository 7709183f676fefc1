"""The object store, over HTTP to a real server: put once, get back, delete, and a clear fault for everything else."""

from typing import Any

import pytest

from hearth.records.documents import store
from hearth.records.documents.tests.s3 import Store


def test_what_is_put_is_got_back_and_can_be_deleted_twice(objects: Store) -> None:
    store.put("documents/a", b"\x00\xffbytes")
    assert objects.objects == {"documents/a": b"\x00\xffbytes"}
    assert store.get("documents/a") == b"\x00\xffbytes"
    store.delete("documents/a")
    store.delete("documents/a")
    with pytest.raises(store.ObjectMissing):
        store.get("documents/a")


def test_an_object_is_never_written_over(objects: Store) -> None:
    store.put("documents/a", b"first")
    with pytest.raises(store.StoreAway, match="PreconditionFailed"):
        store.put("documents/a", b"second")
    assert store.get("documents/a") == b"first"


def test_a_store_that_fails_refuses_or_is_gone_is_away(objects: Store, settings: Any) -> None:
    objects.down = True
    with pytest.raises(store.StoreAway, match="ServiceUnavailable"):
        store.put("documents/a", b"bytes")
    objects.down = False
    settings.HEARTH_STORE_KEY = "AKIASOMEBODYELSE"
    with pytest.raises(store.StoreAway, match="AccessDenied"):
        store.get("documents/a")
    settings.HEARTH_STORE_URL = objects.address + "-other"
    with pytest.raises(store.StoreAway):
        store.get("documents/a")
    settings.HEARTH_STORE_URL = "http://127.0.0.1:9/bucket"
    with pytest.raises(store.StoreAway):
        store.get("documents/a")
    settings.HEARTH_STORE_URL = ""
    with pytest.raises(store.StoreAway, match="names no store"):
        store.get("documents/a")
