r"""Definitions 46 and 47: bits with the Hamming product, and the binary attention head.

Statements.  B^d = {0, 1}^d with <x, y>_H = sum x_i y_i and d_H(x, y) = sum |x_i - y_i|.  A binary
head has projections W_Q, W_K, W_V in {0, 1}^(d x d_h), A_ij = [<q_i, k_j>_H >= tau] and
Y = sigma(A V) with sigma a threshold in each entry.

Verdict: definition.  What is left open: X W_Q counts, and may leave B^(d_h) (bits 1, 1 under the
column (1, 1) give 2); the library has both readings, counts and the OR of the bits.  And sigma's
threshold is the head's own, one for all entries.
"""

from verify import Claim

definition46 = Claim("sequence/definition46", "the binary embedding space")
definition47 = Claim("sequence/definition47", "the binary attention head")

definition46.definition(
    r"\mathbb{B}^d = \{0,1\}^d with \langle x, y\rangle_H = \sum_i x_i y_i and d_H(x, y) = "
    r"\sum_i |x_i - y_i|",
    where="quantization.hamming.hamming_product",
)
definition47.definition(
    r"A_{ij} = [\langle q_i, k_j\rangle_H \ge \tau], Y = \sigma(A V)",
    where="quantization.binary.BinaryHead",
)
