"""Calls begin as fast as the account's rate bears, and no faster."""

import threading

import pytest

from sm_lineage_magics import emulator
from sm_lineage_magics.backends.sagemaker.calls.pace import Pace, listen
from sm_lineage_magics.errors import EntityNotFound, Throttled


def called(pace, refusals=0):
    with pace.turn() as turn:
        for _ in range(refusals):
            turn.refuse()


def test_calls_that_pass_let_more_begin_up_to_the_most():
    pace = Pace(first=2, most=4)
    for _ in range(5):
        called(pace)

    assert pace.allowed == 4


def test_a_call_that_was_refused_at_first_lets_half_as_many_begin():
    pace = Pace(first=16, most=32)
    called(pace, refusals=1)
    assert pace.allowed == 8
    for _ in range(8):
        called(pace)

    assert pace.allowed == 8
    called(pace)
    assert pace.allowed == 9


def test_calls_refused_together_slow_down_once():
    pace = Pace(first=16, most=32)
    with pace.turn() as one, pace.turn() as other:
        one.refuse()
        other.refuse()

    assert pace.allowed == 8


@pytest.mark.parametrize(("error", "allowed"), [(Throttled("slow"), 2), (EntityNotFound("no"), 5)])
def test_only_a_refusal_for_rate_slows_down(error, allowed):
    pace = Pace(first=4, most=8)
    with pytest.raises(type(error)), pace.turn():
        raise error

    assert pace.allowed == allowed


def test_a_call_refused_again_slows_down_again():
    pace = Pace(first=16, most=32)
    called(pace, refusals=2)

    assert pace.allowed == 4


def test_fewer_begin_while_a_refused_call_still_waits_to_be_tried_again():
    pace = Pace(first=16, most=32)
    with pace.turn() as turn:
        turn.refuse()

        assert pace.allowed == 8


def test_a_refusal_is_heard_before_botocore_tries_again():
    pace, seen = Pace(first=16, most=32), []
    client = emulator.client(faults=emulator.Faults(failing={1: "ThrottlingException"}))
    listen(client)
    client.meta.events.register_last("needs-retry.sagemaker", lambda **_: seen.append(pace.allowed))
    with pace.turn():
        client.list_actions()

    assert seen[0] == 8


def test_calls_of_others_with_the_same_client_slow_nothing_down():
    pace = Pace(first=16, most=32)
    client = emulator.client(faults=emulator.Faults(failing={1: "ThrottlingException"}))
    listen(client)
    client.list_actions()
    called(pace)

    assert pace.allowed == 17


def test_one_call_at_a_time_is_the_least():
    pace = Pace(first=1, most=8)
    called(pace, refusals=1)

    assert pace.allowed == 1


def test_a_call_waits_for_its_turn():
    pace = Pace(first=1, most=1)
    began = threading.Event()

    def later():
        with pace.turn():
            began.set()

    thread = threading.Thread(target=later)
    with pace.turn():
        thread.start()
        assert not began.wait(0.05)
    thread.join(5)

    assert began.is_set()
