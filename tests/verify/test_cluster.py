"""What a cluster may be like, with stand-ins for client and futures; a real one: test_sweeps."""

from concurrent.futures import CancelledError

import distributed
import pytest
from distributed import KilledWorker

from verify import cluster
from verify.cluster import ClusterError, judge_there, run_on
from verify.provenance import provenance
from verify.registry import Entry

AT = "tcp://127.0.0.1:8786"
ENTRY = Entry("toy/theorem1", "", "nowhere")


class Future:
    """Of a claim: a result, or what is raised in its place."""

    def __init__(self, outcome):
        self.outcome = outcome

    def result(self):
        if isinstance(self.outcome, BaseException):
            raise self.outcome
        return self.outcome

    def release(self):
        pass


class Client:
    """Workers by their threads, what they find installed, and what comes of a claim."""

    loop = None

    def __init__(self, threads=(1,), found=None, outcome="a result"):
        self.threads = {f"tcp://worker:{i}": n for i, n in enumerate(threads)}
        self.found, self.outcome, self.cancelled = found, outcome, []

    def __enter__(self):
        return self

    def __exit__(self, *raised):
        pass

    def wait_for_workers(self, count, timeout):
        if len(self.threads) < count:
            raise TimeoutError

    def nthreads(self):
        return self.threads

    def run(self, function, on_error):
        return {worker: self.found or function() for worker in self.threads}

    def submit(self, function, *arguments, **options):
        return Future(self.outcome)

    def cancel(self, futures):
        self.cancelled += futures


@pytest.fixture
def results(monkeypatch):
    """What comes of one claim on a client."""

    def of(client):
        monkeypatch.setattr(distributed, "Client", lambda *_, **__: client)
        monkeypatch.setattr(distributed, "as_completed", lambda futures, loop: list(futures))
        return list(run_on(AT, [ENTRY], level="quick", seed=0))

    return of


def test_each_claim_comes_with_its_result(results):
    client = Client()
    assert results(client) == [(ENTRY, "a result")]
    assert len(client.cancelled) == 1


@pytest.mark.parametrize(
    ("client", "said"),
    [
        (Client(threads=()), f"the cluster at {AT} must have workers, got none in 10 s"),
        (
            Client(threads=(1, 4)),
            r"worker tcp://worker:1 must have one thread \(--nthreads 1\), got 4",
        ),
        (
            Client(found=ModuleNotFoundError("No module named 'verify'")),
            "worker tcp://worker:0 must have the package installed, got: No module named 'verify'",
        ),
        (
            Client(found=provenance() | {"refutable": "0.0.1"}),
            "worker tcp://worker:0 must be as this process, has refutable 0.0.1, here ",
        ),
        (
            Client(outcome=KilledWorker("toy/theorem1", "tcp://worker:0", 3)),
            "toy/theorem1 was given up: its worker was lost 4 times",
        ),
        (Client(outcome=CancelledError()), f"the scheduler at {AT} was lost"),
        (Client(outcome=ValueError("of the claim")), "of the claim"),
    ],
)
def test_what_goes_wrong_is_a_line(results, client, said):
    with pytest.raises(ValueError, match=said):
        results(client)


def test_a_worker_that_came_later_is_checked_too(tmp_path):
    asked = (ENTRY, "quick", 0, None)
    with pytest.raises(ClusterError, match=r"a worker has refutable .*, here 0\.0\.1, "):
        judge_there(*asked, {"refutable": "0.0.1"}, "")
    file = tmp_path / "mine.py"
    file.write_text("other")
    entry = Entry("toy/theorem1", "", "mine", str(file))
    with pytest.raises(ClusterError, match=r"a worker has another .*mine\.py"):
        judge_there(entry, "quick", 0, None, provenance(), "digest")


def test_a_claim_is_judged_there_as_here(monkeypatch):
    monkeypatch.setattr("verify.runner.run_one", lambda *asked: asked)
    asked = (ENTRY, "quick", 0, None)
    assert judge_there(*asked, provenance(), "") == asked
    assert not cluster._one_at_a_time.locked()
