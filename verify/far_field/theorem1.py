r"""Theorem 1: attention with a far field.

Statement.  A group of queries with mean q_bar sees near keys exactly, and each cluster of far
keys as one, at its mean k_c weighted by w_j = exp(<q_bar, k_j>/sqrt(d)); that is softmax p~ of the
scores s~ = s - delta, where delta_ij = <q_i - q_bar, k_j - k_c>/sqrt(d) at far keys, else 0.  For
each query, with r = max_j |delta_j| and F the share of the far keys in p~,

    mass        1 <= sum_j e^(s_j) / sum_j e^(s~_j) <= 1 + F (cosh r - 1)
    share       TV(p, p~) <= F (e^r - 1) / 2
    radius      TV(p, p~) <= tanh(r / 2)
    output      |o - o~| <= diam(v_1, ..., v_m) TV(p, p~)
    corrected   |o - o~ - sum_j p~_j delta_j v_j| <= diam(v_1, ..., v_m) F (cosh r - 1)

F is known after a run; r <= |q_i - q_bar| max_j |k_j - k_c| / sqrt(d), a product of two spreads.

Verdict: holds.

Sharpness.  One pair of keys at delta = r and -r beside a near key: as F -> 0 or r -> 0, TV is
F (e^r - 1)/2 up to a factor that goes to 1, so 1/2 is the best constant for every r; as r -> 0 and
F = 1, so is the 1/2 of tanh(r/2).  Mass: equality on the right at that pair, for every r and F.
Output: equality where v is one of two points, as delta has one sign or the other.  Corrected: best
as F -> 0, where far keys have their values at one end of the diameter and near ones at the other.

Proof.  e^(s~_j) is e^(<q_i - q_bar, k_c>/sqrt(d)) w_j for j in c, and k_c is the mean under w: so
delta has mean 0 under p~, cluster by cluster.  Let Z = sum_j p~_j e^(delta_j), so that p_j =
p~_j e^(delta_j) / Z.
Mass: Jensen, and the chord of e^x over [-r, r].  Share: TV = sum_j p~_j (e^(delta_j)/Z - 1)_+ <=
sum_j p~_j (e^(delta_j) - 1)_+ by Z >= 1; then the chord of (e^x - 1)_+.  Radius: of all laws with
likelihood ratios in [e^-r, e^r], up to a factor, those with two values are extreme.  Output: the
mass that p - p~ moves is TV, and none of it goes further than the diameter.  Corrected: so do the
masses p~_j (e^(delta_j)/Z - 1 - delta_j) = p~_j (e^(delta_j) - 1 - delta_j) - p_j (Z - 1), of sum
0; half the sum of their sizes is at most ((Z - 1) + (Z - 1)) / 2.

Source.  This project; the chord is that of Hoeffding's lemma (1963).
"""

from spectral.far_field import a_group_of, diameter, far_field_attention, far_field_bound
from spectral.linalg import exp
from verify import Claim, ge, le
from verify.given import far_fields
from verify.proofs.far_field import chords, extreme_likelihoods, signed_masses

theorem1 = Claim("far-field/theorem1", "attention with a far field")
CASES = {"given": far_fields(), "on": a_group_of}


def of(q, k, v, labels, near):
    return far_field_attention(q, k, labels, near)


@theorem1.part(
    r"1 \le \sum_j e^{s_j} / \sum_j e^{\tilde s_j} \le 1 + F (\cosh r - 1)",
    part="mass",
    proofs=[chords],
    **CASES,
)
def missed_mass(q, k, v, labels, near):
    f = of(q, k, v, labels, near)
    cosh = (exp(f.radius) + exp(-f.radius)) / 2
    return ge(f.mass_ratio, 1) & le(f.mass_ratio, 1 + f.share * (cosh - 1))


@missed_mass.mutant("9/10 in place of 1")
def less_mass(q, k, v, labels, near):
    f = of(q, k, v, labels, near)
    return le(f.mass_ratio, 1 + f.share * 9 * (exp(f.radius) + exp(-f.radius) - 2) / 20)


@theorem1.part(r"TV(p, \tilde p) \le F (e^r - 1) / 2", part="share", proofs=[chords], **CASES)
def by_share(q, k, v, labels, near):
    f = of(q, k, v, labels, near)
    return le(f.distance, far_field_bound(f.share, f.radius))


@by_share.mutant("49/50 of it")
def less_share(q, k, v, labels, near):
    f = of(q, k, v, labels, near)
    return le(f.distance, 49 * far_field_bound(f.share, f.radius) / 50)


@by_share.mutant("clusters stand at their plain means")
def plain_means(q, k, v, labels, near):
    f = far_field_attention(q, k, labels, near, tilted=False)
    return le(f.distance, far_field_bound(f.share, f.radius))


@theorem1.part(
    r"TV(p, \tilde p) \le \tanh(r / 2)", part="radius", proofs=[extreme_likelihoods], **CASES
)
def by_radius(q, k, v, labels, near):
    f = of(q, k, v, labels, near)
    return le(f.distance, 1 - 2 / (exp(f.radius) + 1))


@by_radius.mutant("tanh(r/3)")
def less_radius(q, k, v, labels, near):
    f = of(q, k, v, labels, near)
    return le(f.distance, 1 - 2 / (exp(2 * f.radius / 3) + 1))


@theorem1.part(
    r"|o - \tilde o| \le \operatorname{diam}(v) TV(p, \tilde p)",
    part="output",
    proofs=[signed_masses],
    **CASES,
)
def output(q, k, v, labels, near):
    f = of(q, k, v, labels, near)
    squared = (((f.exact - f.approximate) @ (v - v[0])) ** 2).sum(axis=1)
    return le(squared, (diameter(v) * f.distance) ** 2, scale=diameter(v) ** 2)


@output.mutant("9/10 of it")
def less_output(q, k, v, labels, near):
    f = of(q, k, v, labels, near)
    squared = (((f.exact - f.approximate) @ (v - v[0])) ** 2).sum(axis=1)
    return le(squared, (9 * diameter(v) * f.distance / 10) ** 2)


@theorem1.part(
    r"|o - \tilde o - \sum_j \tilde p_j \delta_j v_j| \le \operatorname{diam}(v) F (\cosh r - 1)",
    part="corrected",
    proofs=[chords, signed_masses],
    reading="the first-order term in full; the library's is an average of it over groups",
    **CASES,
)
def corrected(q, k, v, labels, near):
    return le(*to_second_order(of(q, k, v, labels, near), v - v[0]))


def to_second_order(f, v):
    off = (f.exact - f.approximate) @ v - f.first_order(v)
    bound = diameter(v) * f.share * (exp(f.radius) + exp(-f.radius) - 2) / 2
    return (off**2).sum(axis=1), bound**2


@corrected.mutant("49/50 of it")
def less_corrected(q, k, v, labels, near):
    squared, bound = to_second_order(of(q, k, v, labels, near), v - v[0])
    return le(squared, 49 * 49 * bound / 2500)


@corrected.mutant("the term left out")
def without_the_term(q, k, v, labels, near):
    f = of(q, k, v, labels, near)
    squared = (((f.exact - f.approximate) @ (v - v[0])) ** 2).sum(axis=1)
    return le(squared, to_second_order(f, v - v[0])[1])
