"""Theorem 50: Turing completeness of the recurrent binary Transformer.

Statement.  X_{t+1} = F(X_t), F a binary Transformer on B^(N x d), is Turing complete: rows are the
cells of the tape, columns the symbol, the presence of the head and its state.

    fixed size   with N and d fixed during the run, as in the printed encoding
    growing N    with N growing with the space that is used (several heads, two layers, a one-hot
                 column for each position, constant tokens for the rules)

Verdict (fixed size): refuted.  B^(N x d) has 2^(Nd) states, so within 2^(Nd) steps one comes again
and the run goes round for ever.  By then it has halted or never will: its halting problem is
decidable.  A machine that walks right for ever repeats no configuration, and no map F of any kind
follows it for 2^(Nd) steps.
Verdict (growing N): holds.  By construction: `theorem50_growing`.

Repair (fixed size).  (a) An orbit has at most 2^(Nd) states; equality for a cyclic F.  (b) With
weights {0, 1}, F is monotone, and a cycle has at most C(Nd, Nd/2); equality for a shift of 3 bits.

Proof.  (b) On a cycle X <= F^k X gives X = F^k X: an antichain.

Source.  Sperner, Math. Z. 27 (1928).
"""

from math import comb

from quantization.monotone_maps import longest_monotone_cycle, longest_orbit
from verify import Claim, every, ge, le

theorem50 = Claim("sequence/theorem50", "Turing completeness of recurrent binary Transformers")


@theorem50.part(
    "some F on Nd bits follows a machine that repeats no configuration for 2^(Nd) steps",
    part="fixed size",
    given=every([1, 2]),
    reading="complete: any machine, any number of steps.  All maps F on Nd = 1, 2 bits are tried",
    why="of 2^(Nd) + 1 states two are equal",
)
def never_repeats(Nd):
    return ge(longest_orbit(Nd), 2**Nd + 1)


@never_repeats.amend("an orbit has at most 2^(Nd) states: halting is decided by then", equality=1)
def comes_again(Nd):
    return le(longest_orbit(Nd), 2**Nd)


@comes_again.mutant("2^(Nd) - 1 states")
def one_state_fewer(Nd):
    return le(longest_orbit(Nd), 2**Nd - 1)


@never_repeats.amend(
    r"with weights \{0, 1\} a cycle has at most \binom{Nd}{\lfloor Nd/2 \rfloor} states",
    given=every([1, 2, 3]),
    equality=3,
    reference="Sperner (1928): the states of a cycle are an antichain",
)
def antichain(Nd):
    return le(longest_monotone_cycle(Nd), comb(Nd, Nd // 2))


@antichain.mutant("for every F", given=every([1, 2]))
def not_monotone(Nd):
    return le(longest_orbit(Nd), comb(Nd, Nd // 2))
