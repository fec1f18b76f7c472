"""Families of cases: fixed ones first, products, hypotheses; and they are strategies."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verify import Cases, every, le, product, rows
from verify.cases import Hypothesis
from verify.given import counts, weights


def letters(text, **options):
    return Cases(gallery=lambda: iter(text), random=st.sampled_from(text), **options)


def test_the_gallery_comes_before_the_lattice():
    cases = Cases(gallery=lambda: "ab", lattice=lambda: "cd")
    assert list(cases.fixed()) == list("abcd")
    assert list(cases.fixed()) == list("abcd")  # fresh each time


def test_values_are_cases_of_one_or_several():
    assert list(letters("ab").tuples("ab")) == [("a",), ("b",)]
    assert list(letters("ab", arity=2).tuples([(1, 2)])) == [(1, 2)]


@pytest.mark.parametrize(("family", "evidence"), [(rows, "computed"), (every, "exhaustive")])
def test_finite_families(family, evidence):
    cases = family([(1, "a"), (2, "b")])
    assert (cases.exhaustive, cases.evidence, cases.arity) == (True, evidence, 2)
    assert list(cases.fixed()) == [(1, "a"), (2, "b")]
    assert family([1, 2]).arity == 1


def test_a_generator_is_read_once_and_kept():
    cases = every(n * n for n in range(3))
    assert list(cases.fixed()) == list(cases.fixed()) == [0, 1, 4]


def test_a_product_of_finite_families_is_every_tuple_once():
    cases = product(every(range(3)), every([(1, 2), (3, 4)]), every("ab"))
    found = list(cases.tuples(cases.fixed()))
    assert len(found) == len(set(found)) == 12
    assert set(found) == {
        (n, *pair, c) for n, pair, c in itertools.product(range(3), [(1, 2), (3, 4)], "ab")
    }
    assert (cases.arity, cases.exhaustive, cases.evidence) == (4, True, "exhaustive")


@pytest.mark.parametrize(
    ("families", "evidence"),
    [
        ((every("a"), every("b")), "exhaustive"),
        ((every("a"), rows("b")), "computed"),
        ((every("a"), letters("b")), "sampled"),
        ((rows("a", evidence="fitted"), every("b")), "fitted"),
    ],
)
def test_the_evidence_of_a_product_is_the_weakest(families, evidence):
    assert product(*families).evidence == evidence


def test_the_lattice_of_a_product_begins_with_the_small_ones():
    cases = product(Cases(lattice=lambda: range(9)), Cases(lattice=lambda: range(9)))
    first = list(itertools.islice(cases.lattice(), 10))
    assert [sum(case) for case in first] == [0, 1, 1, 2, 2, 2, 3, 3, 3, 3]


def test_the_gallery_of_a_product_sees_the_whole_of_each():
    families = [Cases(gallery=lambda n=n: range(n)) for n in (3, 8, 20)]
    columns = list(zip(*product(*families).gallery(), strict=True))
    assert [set(column) for column in columns] == [set(range(n)) for n in (3, 8, 20)]


@pytest.mark.parametrize("count", range(1, 9))
def test_products_of_any_number_of_families(count):
    cases = product(*[letters("ab")] * count)
    assert {len(case) for case in cases.tuples(itertools.islice(cases.fixed(), 50))} == {count}


def test_a_product_with_an_empty_family_has_no_fixed_cases():
    assert list(product(letters("ab"), Cases(random=st.integers())).fixed()) == []


def test_hypotheses_of_a_product_look_at_their_own_values():
    small = letters("ab").where("is small", lambda c: c < "c")
    ordered = letters("xy", arity=2).where("in order", lambda a, b: a <= b)
    cases = product(letters("pq"), ordered, small)
    assert [h.name for h in cases.hypotheses] == ["in order", "is small"]
    assert [h.holds("p", 2, 1, "z") for h in cases.hypotheses] == [False, False]
    assert [h.holds("p", 1, 2, "a") for h in cases.hypotheses] == [True, True]


def test_a_product_of_one_is_itself():
    cases = letters("ab")
    assert product(cases) is cases


def test_mapped_values_leave_the_old_hypotheses_behind():
    even = Hypothesis("even", lambda n: n % 2 == 0)
    cases = every(range(3)).where("small", lambda n: n < 3)
    doubled = cases.map_values(lambda n: 2 * n, hypotheses=(even,))
    assert list(doubled.fixed()) == [0, 2, 4]
    assert [h.name for h in doubled.hypotheses] == ["even"]
    assert (doubled.exhaustive, doubled.evidence) == (True, "exhaustive")


def test_a_constant_goes_before_the_values():
    cases = letters("ab").where("is a", lambda c: c == "a").after(10)
    assert list(cases.fixed()) == [(10, "a"), (10, "b")]
    assert [[h.holds(*case) for h in cases.hypotheses] for case in [(10, "a"), (9, "b")]] == [
        [True, True],
        [False, False],
    ]


@settings(max_examples=20)
@given(product(every([1, 2]), letters("ab")), every([(1, "x")]))
def test_families_are_strategies(pair, row):
    assert pair[0] in (1, 2)
    assert pair[1] in "ab"
    assert row == (1, "x")


@settings(max_examples=20)
@given(st.data())
def test_strategies_compose(data):
    W = data.draw(weights(max_side=3).filter(lambda W: W.size > 1))
    assert data.draw(counts(1, 4).map(lambda n: n + 1)) in range(2, 6)
    assert le(W.size, 9)
