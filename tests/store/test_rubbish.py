"""The collector rests while a batch is computed, and works again behind it."""

import gc

import pytest

from analysis.store.rubbish import hold_collector


def test_the_collector_rests_for_the_block_and_works_behind_it():
    with hold_collector():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_a_failure_wakes_it():
    with pytest.raises(ZeroDivisionError), hold_collector():
        _ = 1 / 0
    assert gc.isenabled()


def test_who_has_switched_it_off_finds_it_so():
    gc.disable()
    try:
        with hold_collector():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
