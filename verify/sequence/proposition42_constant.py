"""Proposition 42, constant: one C in the MACs and in the words.

Refuted.  An edge takes 2d MACs (its score, its share of the mix) and one word, as in Proposition
41, where 2 N^2 d stands beside N^2.  So C is 2 in the MACs and 1 in the words.

Repair.  On any set of E edges 4 N d^2 + 2 E d MACs and 4 d^2 + 2 N d + E words, exactly.
"""

from fractions import Fraction

from thermo.energy_model import sparse_work
from verify import eq
from verify.given import counts
from verify.proofs.counting import two_products
from verify.sequence.proposition42 import extra, proposition42, run


@proposition42.part(
    "the same C in MACs and in words",
    part="constant",
    given=(counts(1, 5), counts(1, 3)),
    reading="N = m², clustering not counted, words as in Proposition 41",
    why="an edge takes 2d MACs and one word",
)
def one_constant(m, d):
    macs, words = extra(m**2, d, m, 0)
    return eq(Fraction(macs, m**3 * d), Fraction(words, m**3))


@one_constant.amend(
    "on E edges $4Nd^2 + 2Ed$ MACs and $4d^2 + 2Nd + E$ words: constants 2 and 1",
    equality=(1, 1),
    proofs=[two_products],
)
def per_edge(m, d):
    made, counted = run(m**2, d, m), sparse_work(m**2, d, m**3)
    return eq(made.macs, counted.macs) & eq(made.words, counted.words)


@per_edge.mutant("2 words an edge")
def two_words(m, d):
    return eq(run(m**2, d, m).words, sparse_work(m**2, d, m**3).words + m**3)
