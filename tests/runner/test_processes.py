import os
import pickle
import threading

import pytest

from rumourmill.runner.processes import ProcessPool, WorkerDied


class UnloadableError(Exception):
    """Can be pickled, but not loaded again: it needs two arguments."""

    def __init__(self, one, two):
        super().__init__(f"{one} {two}")


def fail_to_load():
    raise UnloadableError(1, 2)


def unpicklable():
    return threading.Lock()


@pytest.fixture
def pool():
    with ProcessPool(1) as made:
        yield made


@pytest.mark.parametrize("task", [lambda: 1, threading.Lock().acquire], ids=["a lambda", "a method of a lock"])
def test_a_task_that_cannot_be_pickled_fails_and_its_process_goes_on(pool, task):
    process = pool.submit(os.getpid).result()
    for _ in range(3):
        with pytest.raises((pickle.PicklingError, TypeError, AttributeError), match="pickle"):
            pool.submit(task).result()
    assert pool.submit(os.getpid).result() == process


@pytest.mark.parametrize(("task", "words"), [(unpicklable, "cannot pickle"), (fail_to_load, "UnloadableError: 1 2")])
def test_a_result_that_cannot_be_pickled_fails_and_its_process_goes_on(pool, task, words):
    process = pool.submit(os.getpid).result()
    with pytest.raises((RuntimeError, TypeError), match=words):
        pool.submit(task).result()
    assert pool.submit(os.getpid).result() == process


def test_an_exception_of_a_task_keeps_its_type_and_traceback(pool):
    with pytest.raises(ZeroDivisionError) as raised:
        pool.submit(divmod, 1, 0).result()
    assert "Traceback" in "".join(raised.value.__notes__)


def test_a_process_that_dies_fails_its_task_alone(pool):
    process = pool.submit(os.getpid).result()
    with pytest.raises(WorkerDied, match="exit code 3"):
        pool.submit(os._exit, 3).result()
    assert pool.submit(os.getpid).result() != process
