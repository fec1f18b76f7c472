"""Small real tasks to quantize: measured data that scikit-learn carries, nothing to download.

References: Efron et al., Least angle regression, Ann. Statist. 32 (2004), for the diabetes data;
Alpaydin and Kaynak, Cascading classifiers, Kybernetika 34 (1998), for the handwritten digits.
"""

from dataclasses import dataclass

import numpy as np

from quantization.objectives import Objective, least_squares, softmax_regression


@dataclass(frozen=True)
class Task:
    """An objective, and the weights that training in full precision ends at."""

    objective: Objective
    weights: np.ndarray


def diabetes_table() -> tuple[np.ndarray, np.ndarray]:
    """X (442, 10) and y (442,), every column of mean 0 and variance 1."""
    from sklearn.datasets import load_diabetes

    X, y = load_diabetes(return_X_y=True)
    return (X - X.mean(axis=0)) / X.std(axis=0), (y - y.mean()) / y.std()


def diabetes() -> Task:
    """Progression of diabetes from ten measurements; the weights of least squares (10,)."""
    X, y = diabetes_table()
    return Task(least_squares(X, y, name="diabetes"), np.linalg.lstsq(X, y, rcond=None)[0])


def digits(*, steps: int = 200) -> Task:
    """Handwritten digits, 8 x 8 pixels in [0, 1] and a constant; softmax weights (65, 10).

    The 899 images with an even number.  Their classes can be told apart, so no weights are the
    best: those after `steps` of gradient descent at rate 1 are taken.
    """
    from sklearn.datasets import load_digits

    X, labels = load_digits(return_X_y=True)
    X = np.hstack([X / 16, np.ones((len(X), 1))])
    objective = softmax_regression(X[::2], labels[::2], name="digits")
    return Task(objective, objective.descend(rate=1, steps=steps))
