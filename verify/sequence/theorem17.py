"""Theorem 17: softmax is the unique minimiser of the free energy.

Statement.  For energies E_j = -<q, k_j> and beta > 0 the softmax distribution

    P*_j = exp(-beta E_j) / Z

is the unique minimiser over the simplex of F(P) = sum P_j E_j + (1/beta) sum P_j log P_j.

Verdict: holds.  For every P: F(P) - F(P*) = KL(P || P*) / beta, which is positive unless
P = P*.  The check asks for more than the statement, so that uniqueness is seen as a number:

    F(P) >= F(P*) + ||P - P*||_1^2 / (2 beta).                                (Pinsker)

The printed proof differentiates F, which is not differentiable on the boundary of the simplex
(the derivative of P log P at 0 is -infinity); the identity needs no derivative.  The constant
1/2 cannot be raised: at E = (0, 0) the ratio of both sides tends to 1 as P tends to P*.

Proof.  log P*_j = -beta E_j - log Z, so each j contributes to F(P) - KL(P || P*)/beta
exactly -P_j log Z / beta, and these sum to -log Z / beta = F(P*).  Pinsker's inequality:
KL >= ||P - P*||_1^2 / 2.

Source.  Donsker-Varadhan / Gibbs; Cover and Thomas, Elements of Information Theory (2006),
Lemma 11.6.1 (Pinsker).
"""

from fractions import Fraction

from thermo.free_energy import free_energy, gibbs
from verify import Claim, ge
from verify.given import ensembles, scalars
from verify.proofs.free_energy import the_identity_termwise

theorem17 = Claim("sequence/theorem17", "softmax uniquely minimises the free energy")


def excess_over(E, w, beta, constant, softmax=gibbs):
    p, best = w / w.sum(), softmax(E, beta)
    distance = abs(p - best).sum()
    least = free_energy(best, E, beta) + constant * distance**2 / beta
    return ge(free_energy(p, E, beta), least, scale=abs(E).max())


@theorem17.part(
    r"P^* = \operatorname{softmax}(\beta\langle q, k_j\rangle) is the unique minimiser of F",
    given=(ensembles(), scalars(0, 8)),
    reading="unique, and by a margin: F(P) ≥ F(P*) + ‖P - P*‖₁²/(2β)",
    on=lambda head: _first_query(head),
    proofs=[the_identity_termwise],
)
def minimal(E, w, beta, *, softmax=gibbs):
    return excess_over(E, w, beta, Fraction(1, 2), softmax)


@minimal.mutant("constant 5/8 for 1/2 in the margin")
def too_far(E, w, beta):
    return excess_over(E, w, beta, Fraction(5, 8))


@minimal.mutant("softmax at half the inverse temperature")
def too_warm(E, w, beta):
    p, best = w / w.sum(), gibbs(E, beta / 2)
    return ge(free_energy(p, E, beta), free_energy(best, E, beta))


def _first_query(head):
    """The first query's energies, the uniform law beside softmax, at the head's own 1/sqrt(d)."""
    from thermo.free_energy import energies_of

    E = energies_of(head.q[0], head.k)
    return E, E * 0 + 1, head.q.shape[1] ** -0.5
