"""How a single number leaves the package: a Python float, a Fraction or a Ball."""

import numpy as np


def plain(x):
    """A NumPy float as a Python float, which prints as one; rationals and balls as they are."""
    return float(x) if isinstance(x, np.floating) else x
