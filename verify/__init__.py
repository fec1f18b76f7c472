"""Put a theorem to the test: `verify.run("theorem30")`, or `python -m verify theorem30`.

Running
    run            the result of a claim: verdict, evidence, witness, amendment, mutants
    get            the Claim of an id
    holds          a claim's statement as a property test, also of your own implementation

Stating a claim of your own
    Claim          a numbered statement and its parts
    le ge lt gt eq     comparisons that keep both sides
    printed        "the printed number is this one, rounded"
    chance_le chance_ge   a probability against a bound
    rows every     finite families of cases, given in full
    Table          printed numbers beside obtained ones, for a claim that reproduces a table

Cases, also for `@hypothesis.given`
    given          strategies: weights(), symmetric_pairs(), ...
    shipped_heads  the trained attention heads that come with the package
"""

from importlib import import_module

_HOME = {
    "run": "verify.runner",
    "get": "verify.registry",
    "holds": "verify.holding",
    "Claim": "verify.claim",
    "le": "verify.comparison",
    "ge": "verify.comparison",
    "lt": "verify.comparison",
    "gt": "verify.comparison",
    "eq": "verify.comparison",
    "printed": "verify.comparison",
    "chance_le": "verify.chance",
    "chance_ge": "verify.chance",
    "Cases": "verify.cases",
    "Table": "verify.verdict",
    "rows": "verify.cases",
    "every": "verify.cases",
    "product": "verify.cases",
    "shipped_heads": "verify.heads",
}
__all__ = sorted([*_HOME, "given"])
__version__ = "0.1.0"


def __getattr__(name: str):
    # Imported on first use: `python -m verify list` must not wait for NumPy.
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    if name == "given":
        return import_module("verify.given")
    raise AttributeError(f"module 'verify' has no attribute {name!r}")


def __dir__():
    return __all__
