"""Random cases that do not depend on what else the process has loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch


@contextmanager
def no_borrowed_constants() -> Iterator[None]:
    """Keep Hypothesis from mixing constants of the project's own source files into its draws.

    It collects them from the modules that happen to be loaded, if these lie outside
    site-packages: a claim's cases would depend on which claims ran before it in its process,
    and on how the package was installed.  Versions before 6.131 collect none.
    """
    from hypothesis.internal.conjecture import providers

    if not hasattr(providers, "_get_local_constants"):
        yield
        return
    providers.CONSTANTS_CACHE.cache.clear()
    try:
        with patch.object(providers, "_get_local_constants", providers.Constants):
            yield
    finally:
        providers.CONSTANTS_CACHE.cache.clear()


def on_random_cases(look: Callable, cases, *, examples: int, seed: int, climb: bool) -> None:
    """Call `look` on each of `examples` random cases of a family, the same ones for a seed.

    look takes a case, a tuple.  climb: Hypothesis may go on from what `look` gives to `target`.
    *Raises* hypothesis.errors.Unsatisfiable where the family yields hardly any.
    """
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as with_seed

    @with_seed(seed)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.target) if climb else (Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(cases)
    def each(value):
        look(value if cases.arity > 1 else (value,))

    with no_borrowed_constants():
        each()
