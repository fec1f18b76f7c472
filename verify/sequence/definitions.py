"""Notation 1, Axioms 1-4 and the definitions that only define, with the code that implements them.

Verdict: definition.  Definitions 10, 29, 52 and 57, which claim something as well, have files of
their own, as has the claim that every mechanism must satisfy the axioms.
"""

from verify import Claim

notation1 = Claim("sequence/notation1", "N, d, the simplex and the sphere")
definition2 = Claim("sequence/definition2", "the space of sequences")
definition3 = Claim("sequence/definition3", "token embeddings")
axiom1 = Claim("sequence/axiom1", "position equivariance")
axiom2 = Claim("sequence/axiom2", "softmax normalisation")
axiom3 = Claim("sequence/axiom3", "linear value aggregation")
axiom4 = Claim("sequence/axiom4", "smoothness")
definition5 = Claim("sequence/definition5", "the attention graph")
definition6 = Claim("sequence/definition6", "the attention Laplacian")
definition13 = Claim("sequence/definition13", "the configuration space")
definition14 = Claim("sequence/definition14", "the energy of attending")
definition15 = Claim("sequence/definition15", "Shannon entropy")
definition16 = Claim("sequence/definition16", "the free energy")
definition21 = Claim("sequence/definition21", "K-sparse free energy")
definition24 = Claim("sequence/definition24", "computational work")
definition26 = Claim("sequence/definition26", "the mixing time")
definition34 = Claim("sequence/definition34", "attention functions of given sparsity")
definition35 = Claim("sequence/definition35", "Rademacher complexity")

notation1.definition("N, d, [N], simplex, sphere", where="thermo.free_energy.entropy")
definition2.definition(
    r"\langle X, Y\rangle = \operatorname{Tr}(X^\top Y)", where="spectral.sequences.inner_product"
)
definition3.definition(r"X = (\phi(v_1), \ldots)^\top", where="spectral.sequences.embed")
axiom1.definition(r"A(\sigma X) = \sigma A(X)", where="spectral.sequences.equivariance_defect")
axiom2.definition(
    "rows of the attention matrix sum to 1", where="spectral.sequences.normalization_defect"
)
axiom3.definition(
    r"output_i = \sum_j \alpha_{ij} V_j, V = X W_V", where="spectral.sequences.aggregate"
)
axiom4.definition(r"\alpha_i(X) is C^\infty in X", where="spectral.graph.attention_matrix")
definition5.definition(
    r"w(i, j) = \exp(\langle q_i, k_j\rangle/\sqrt{d_k})", where="spectral.graph.attention_weights"
)
definition6.definition(r"L = I - D^{-1} W", where="spectral.laplacian.random_walk")
definition13.definition("the probability simplex", where="verify.given.distributions")
definition14.definition(r"E(q, k) = -\langle q, k\rangle", where="thermo.free_energy.energies_of")
definition15.definition(r"H(P) = -\sum P_j \log P_j", where="thermo.free_energy.entropy")
definition16.definition(
    r"F(P) = \sum P_j E_j + \beta^{-1} \sum P_j \log P_j", where="thermo.free_energy.free_energy"
)
definition21.definition(r"\min F(P), |supp P| \le K", where="thermo.sparse.k_sparse_minimiser")
definition24.definition(
    r"W(P) = (c_{compute} + c_{memory} d) |supp P|", where="thermo.work_constraint.work"
)
definition26.definition(
    r"\tau(\epsilon) = \min\{t : \max_i TV(P^t(i, \cdot), \pi) \le \epsilon\}",
    where="spectral.mixing.mixing_time",
)
definition34.definition(
    r"\|Attn(X)\|_0 \le \rho N^2", where="spectral.rademacher.attention_class_complexity"
)
definition35.definition(
    r"R_S(H) = E \max_h \tfrac1m \sum_i \sigma_i h(x_i)",
    where="spectral.rademacher.finite_class_complexity",
)
