"""The pytest plugin: a fixture `verify`, a marker `verify`, and how hard to search.

    def test_mine(verify):
        verify.holds("sequence/theorem17", softmax=my_softmax)

It is loaded at every start of pytest where this package is installed, and so imports nothing
but pytest; the engine comes with the first call of `holds`.
"""

import pytest


def pytest_addoption(parser):
    group = parser.getgroup("verify", "theorems as property tests")
    group.addoption(
        "--verify-level",
        default="quick",
        choices=("quick", "standard", "deep"),
        help="how hard `verify.holds` searches (default quick)",
    )
    group.addoption(
        "--verify-seed", type=int, default=0, help="seed of its random cases (default 0)"
    )


def pytest_configure(config):
    config.addinivalue_line(
        "markers",
        "verify(claim, **options): what the fixture's `verify.holds()` asks where it is not told",
    )


class Verify:
    """What a test gets: `holds` with the level and seed of this run, and all of `verify`."""

    def __init__(self, usual: tuple, options: dict):
        self._usual, self._options = usual, options

    def holds(self, *claim: str, **options) -> None:
        """`verify.holds`; the claim and options of the test's marker are the defaults."""
        __tracebackhide__ = True
        from verify import holds

        if not claim and not self._usual:
            raise TypeError("holds needs a claim: of its own, or of @pytest.mark.verify(claim)")
        holds(*(claim or self._usual), **{**self._options, **options})

    def __getattr__(self, name: str):
        import verify

        return getattr(verify, name)


@pytest.fixture(name="verify")
def _verify(request):
    """Theorems as property tests: `verify.holds("sequence/theorem17", softmax=my_softmax)`."""
    marker = request.node.get_closest_marker("verify")
    level, seed = (request.config.getoption(f"verify_{name}") for name in ("level", "seed"))
    options = {"level": level, "seed": seed, **(marker.kwargs if marker else {})}
    return Verify(marker.args if marker else (), options)
