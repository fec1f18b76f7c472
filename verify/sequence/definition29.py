"""Definition 29: spectral sparsifiers.

Statement.  (a) (1 - eps) f^T L f <= f^T L~ f <= (1 + eps) f^T L f for all f.  (b) It is meaningful
for the attention Laplacian L = I - D^-1 W: G is a sparsifier of itself.

Verdict (a): definition.
Verdict (b): refuted.  f^T L f may be negative for a directed graph (Proposition 7), and then
(1 - eps) times it exceeds it.  Loewner's order is one of symmetric matrices.

Repair.  For symmetric W, with D - W in place of L.

Source.  Spielman and Teng, SIAM J. Comput. 40 (2011), for undirected graphs.
"""

from spectral.laplacian import combinatorial, random_walk
from verify import Claim, le
from verify.given import scalars, signals

definition29 = Claim("sequence/definition29", "spectral sparsifiers")

definition29.definition(
    r"(1-\epsilon) f^\top L f \le f^\top \tilde L f \le (1+\epsilon) f^\top L f",
    part="a",
    where="spectral.sparsify.is_spectral_sparsifier",
)


@definition29.part(
    r"(1-\epsilon) f^\top L f \le f^\top L f for L = I - D^{-1} W",
    part="b",
    given=(signals(), scalars(0, 1)),
    reading="G is a sparsifier of itself",
    why="f^T L f may be negative for a directed graph",
)
def sparsifies_itself(W, f, eps):
    form = f @ random_walk(W) @ f
    return le((1 - eps) * form, form, scale=(f * f).sum())


@sparsifies_itself.amend(
    r"the same for symmetric W and D - W", given=(signals(symmetric=True), scalars(0, 1))
)
def sparsifies_itself_if_symmetric(W, f, eps):
    form = f @ combinatorial(W) @ f
    return le((1 - eps) * form, form, scale=(f * f).sum() * W.sum())


@sparsifies_itself_if_symmetric.mutant("D - W of directed W", given=(signals(), scalars(0, 1)))
def sparsifies_itself_if_combinatorial(W, f, eps):
    return sparsifies_itself_if_symmetric(W, f, eps)
