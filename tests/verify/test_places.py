"""What `verify.holds` can replace in the shipped claims: it is called, and may be right."""

import pytest

import verify
from verify import registry
from verify.claim import Check
from verify.holding import DoesNotHold


def places():
    """(claim, part, amendment, keyword) of every keyword of every check."""
    for entry in registry.entries():
        for part in (p for p in registry.load(entry).parts if isinstance(p, Check)):
            for number, check in [(None, part), *enumerate(part.amendments)]:
                for name in check.replaceable:
                    yield entry.id, part.part, number, name


PLACES = list(places())


def named(place):
    return "-".join(map(str, place))


@pytest.mark.parametrize("place", PLACES, ids=named)
def test_a_function_that_is_given_is_called(place):
    id, part, amendment, name = place

    def broken(*values):
        raise LookupError("it was called")

    if id == "sequence/corollary31":  # of a probability: the events are called, not the check
        with pytest.raises(LookupError, match="it was called"):
            verify.holds(id, part=part, amendment=amendment, **{name: broken})
        return
    with pytest.raises(DoesNotHold, match="broken raised LookupError: it was called"):
        verify.holds(id, part=part, amendment=amendment, **{name: broken})


@pytest.mark.parametrize("id", sorted({id for id, *_ in PLACES}))
def test_what_the_library_does_passes_for_one_that_is_given(id):
    """Of each claim the first true statement that has a place, on what the library has there."""
    claim = verify.get(id)
    for part in claim.parts:
        for number, check in [(None, part), *enumerate(getattr(part, "amendments", ()))]:
            refuted = number is None and getattr(part, "amendments", ())
            if not refuted and getattr(check, "replaceable", {}):
                verify.holds(id, part=part.part, amendment=number, **check.replaceable)
                return
    pytest.fail(f"{id} has no true statement with a place")
