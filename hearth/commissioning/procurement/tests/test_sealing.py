"""The seal: any two of three passphrases open a bid, one never does, and nothing that was changed is taken for what was sent."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearth.commissioning.procurement import sealing
from hearth.commissioning.procurement.sealing import CannotOpen

PASSPHRASES = {"one": "four quiet words here", "two": "another set of words", "escrow": "words in an envelope"}
ABOUT = "tender TE-4F7K3QX"


@pytest.fixture(scope="module")
def locks() -> dict[str, sealing.Locked]:
    """A lock for each of the three, each with a passphrase of its own."""
    return {place: sealing.lock(words, f"{ABOUT} {place}") for place, words in PASSPHRASES.items()}


def opened(locks: dict[str, sealing.Locked], *places: str) -> dict[str, bytes]:
    """The private keys of those who gave their passphrase."""
    return {place: sealing.unlock(locks[place], PASSPHRASES[place], f"{ABOUT} {place}") for place in places}


def publics(locks: dict[str, sealing.Locked]) -> dict[str, bytes]:
    """What the database knows of the three."""
    return {place: sealing.bytes_of(lock.public_key) for place, lock in locks.items()}


@pytest.mark.parametrize("two", list(itertools.combinations(PASSPHRASES, 2)), ids="+".join)
def test_any_two_of_three_open_it(two: tuple[str, str], locks: dict[str, sealing.Locked]) -> None:
    private, public = sealing.new_pair()
    sealed = sealing.seal(public, b"We bid 90,000 pounds", "bid one 0")
    shared = sealing.share_out(private, publics(locks), ABOUT)
    together = sealing.bring_together(shared, opened(locks, *two), ABOUT)
    assert together == private
    assert sealing.unseal(together, sealed, "bid one 0") == b"We bid 90,000 pounds"


def tried(private: bytes, sealed: bytes, context: str) -> bytes:
    """What one comes to who has a single key: both seals tried, the outer and what may lie under it."""
    try:
        inner = sealing.unseal(private, sealed, context)
        return sealing.unseal(private, inner, context)
    except CannotOpen:
        return b""


def test_one_alone_opens_nothing_with_everything_that_is_kept(locks: dict[str, sealing.Locked]) -> None:
    private, _ = sealing.new_pair()
    shared = sealing.share_out(private, publics(locks), ABOUT)
    (alone,) = opened(locks, "one").values()
    for name, context in itertools.product(shared, ("inner one", "outer one", "inner two", "outer two")):
        assert tried(alone, sealing.bytes_of(shared[name]), f"{ABOUT} {context}") != private
    assert all(private not in sealing.bytes_of(each) for each in shared.values())


def test_another_passphrase_another_place_and_another_tender_open_nothing(locks: dict[str, sealing.Locked]) -> None:
    for words, context in (("four quiet words there", "one"), (PASSPHRASES["one"], "two"), ("", "one")):
        with pytest.raises(CannotOpen):
            sealing.unlock(locks["one"], words, f"{ABOUT} {context}")
    with pytest.raises(CannotOpen):
        sealing.unlock(locks["one"], PASSPHRASES["one"], "tender TE-7K3QX4F one")


def test_the_same_words_sealed_twice_look_nothing_alike() -> None:
    _, public = sealing.new_pair()
    one, other = (sealing.seal(public, b"the same", "here") for _ in range(2))
    assert one != other and b"the same" not in one


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=200), st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_whatever_byte_is_changed_it_does_not_open(plain: bytes, where: int, by: int) -> None:
    private, public = sealing.new_pair()
    sealed = bytearray(sealing.seal(public, plain, "bid one 0"))
    assert sealing.unseal(private, bytes(sealed), "bid one 0") == plain
    with pytest.raises(CannotOpen):
        sealing.unseal(private, bytes(sealed), "bid two 0")
    sealed[where % len(sealed)] ^= by
    # X25519 reads the top bit of a point as nothing; the derivation takes the whole of it, so that it is changed all the same.
    with pytest.raises(CannotOpen):
        sealing.unseal(private, bytes(sealed), "bid one 0")
