"""Random cases that do not depend on what else the process has loaded."""

from __future__ import annotations

from collections.abc import Iterator
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
