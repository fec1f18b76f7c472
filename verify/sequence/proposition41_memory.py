"""Proposition 41, memory: (4 d^2 + 2 N d + N^2) b e_DRAM.

Refuted.  4 d^2 + 2 N d is right: weights and x are loaded, y is stored.  But an attention matrix
that is an intermediate is moved 0 times if it stays on chip, and else twice, stored and loaded:
never once.  Of the 128 ways to keep or spill x, q, k, v, s, p and z, none moves the printed number
of words at N = 1, d = 4 (73; the nearest are 72 and 74) or at N = 4096, d = 64.

Repair.  (i) 4 d^2 + 2 N d words, and twice the size of each matrix that is spilled: from 4 d^2 +
2 N d (all on chip, as FlashAttention nearly does) to 4 d^2 + 12 N d + 4 N^2 (nothing).  (ii) The
printed number, if the attention matrix is an *output*, stored once, and all else stays on chip.

Proof.  A count of words is a polynomial of degree 2 in N and in d, so that the nine sizes N, d <= 3
decide (i) and (ii) for all.

Source.  Convention: a product loads its operands and stores its result, unless they are on chip.
"""

from thermo.counting import KEEPABLE, schedules
from thermo.energy_model import dense_work
from verify import eq, every
from verify.given import counts
from verify.sequence.proposition41 import proposition41, run, words_moved

NINE = [(N, d) for N in (1, 2, 3) for d in (1, 2, 3)]


@proposition41.part(
    "$4d^2 + 2Nd + N^2$ words",
    part="memory",
    given=(counts(1, 3), counts(4, 5)),  # N < d: no number of loads of x makes up for N^2
    reading="moved by at least one schedule: any choice of what stays on chip",
    why="an intermediate is moved 0 times or twice, never once",
)
def words(N, d):
    printed = dense_work(N, d).words
    possible = [words_moved(N, d, tuple(spilled)) for spilled in schedules()]
    return eq(min(possible, key=lambda n: abs(n - printed)), printed)


@words.amend(
    "$4d^2 + 2Nd$ words, and twice the size of each matrix that is spilled",
    given=every([(N, d, ",".join(sorted(s))) for N, d in NINE for s in schedules()]),
    equality=(1, 1, ""),
    reference="every schedule at the sizes that decide it",
)
def twice_what_is_spilled(N, d, spilled):
    names = tuple(filter(None, spilled.split(",")))
    sizes = [N * (N if name in "sp" else d) for name in names]
    return eq(words_moved(N, d, names), 4 * d**2 + 2 * N * d + 2 * sum(sizes))


@twice_what_is_spilled.mutant("once the size of s and p")
def once_what_is_spilled(N, d, spilled):
    names = tuple(filter(None, spilled.split(",")))
    moved = [N**2 if name in "sp" else 2 * N * d for name in names]
    return eq(words_moved(N, d, names), 4 * d**2 + 2 * N * d + sum(moved))


@words.amend(
    "$4d^2 + 2Nd + N^2$ words, if P is an output and all else stays on chip",
    given=every(NINE),
    equality=(1, 1),
)
def matrix_as_output(N, d):
    return eq(run(N, d, KEEPABLE, return_weights=True).words, dense_work(N, d).words)


@matrix_as_output.mutant("P is read back")
def matrix_read_back(N, d):
    kept = tuple(set(KEEPABLE) - {"p"})
    return eq(run(N, d, kept, return_weights=True).words, dense_work(N, d).words)
