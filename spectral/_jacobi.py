"""An approximate orthogonal eigenbasis in multiprecision; nothing here is claimed rigorous.

LAPACK gives the first 16 digits, Newton's iteration makes the basis orthogonal to working
precision, and cyclic Jacobi rotations diagonalize: quadratically convergent from so near, and
(unlike QR with back substitution) indifferent to multiple eigenvalues.
"""

import flint
import numpy as np


def eigenbasis(M: flint.arb_mat) -> flint.arb_mat:
    """X, exact points, with X^T X close to I and X^T M X close to diagonal."""
    n = M.nrows()
    X = _orthonormal(_lapack_basis(M))
    B = (X.transpose() * M.mid() * X).mid()
    rows, basis = B.table(), X.transpose().table()  # basis: the columns of X as rows
    scale = max((abs(x) for x in B.entries()), default=flint.arb(0))
    negligible = scale * flint.arb(2) ** -flint.ctx.prec
    # Each sweep squares the size of what is off the diagonal; one more to see that it is done.
    for _ in range(2 + flint.ctx.prec.bit_length()):
        if not _sweep(rows, basis, negligible):
            break
    return flint.arb_mat(n, n, [x for row in basis for x in row]).transpose().mid()


def _lapack_basis(M):
    """Eigenvectors of the midpoints, scaled first: entries may exceed the range of floats."""
    n = M.nrows()
    scale = max((abs(x.mid()) for x in M.entries()), default=flint.arb(0))
    if scale.is_zero():
        return _identity(n)
    floats = np.array([float((x / scale).mid()) for x in M.entries()]).reshape(n, n)
    vectors = np.linalg.eigh(floats).eigenvectors
    return flint.arb_mat(n, n, [flint.arb(float(x)) for x in vectors.flat])


def _orthonormal(X):
    """Newton's iteration X (3 I - X^T X) / 2 for the nearest orthogonal matrix [1]_.

    .. [1] N. J. Higham, Functions of Matrices (2008), section 8.3 (Newton-Schulz).
    """
    three = 3 * _identity(X.nrows())
    # From 2^-40 or better the error is squared each time.
    for _ in range(max(0, (flint.ctx.prec // 40).bit_length())):
        X = (X * (three - X.transpose() * X) / 2).mid()
    return X


def _sweep(rows, basis, negligible) -> bool:
    """One sweep of rotations over all pairs; whether any was more than negligible."""
    rotated = False
    for p in range(len(rows)):
        for q in range(p + 1, len(rows)):
            if abs(rows[p][q]) > negligible:
                c, s = _rotation(rows[p][p], rows[q][q], rows[p][q])
                _rotate(rows, p, q, c, s)
                _rotate(basis, p, q, c, s)
                for row in rows:
                    row[p], row[q] = (
                        (c * row[p] - s * row[q]).mid(),
                        (s * row[p] + c * row[q]).mid(),
                    )
                rotated = True
    return rotated


def _rotation(a, b, off):
    """Cosine and sine that make off vanish from [[a, off], [off, b]], the smaller angle [1]_.

    .. [1] G. H. Golub, C. F. Van Loan, Matrix Computations, 4th ed. (2013), section 8.5.2.
    """
    tau = ((b - a) / (2 * off)).mid()
    t = 1 / (abs(tau) + (1 + tau**2).sqrt())
    c = 1 / (1 + t**2).sqrt()
    return c.mid(), (c * t if tau >= 0 else -c * t).mid()


def _rotate(rows, p, q, c, s):
    x, y = rows[p], rows[q]
    rows[p] = [(c * a - s * b).mid() for a, b in zip(x, y, strict=True)]
    rows[q] = [(s * a + c * b).mid() for a, b in zip(x, y, strict=True)]


def _identity(n):
    return flint.arb_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])
