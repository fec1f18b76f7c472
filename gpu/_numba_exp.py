r"""2^x in Numba, so that LLVM makes vector instructions of it; the library's exp stays scalar.

x = n + f with n the nearest integer and |f| <= 1/2; 2^f is the Taylor polynomial of e^(f log 2),
2^n an integer shifted to where the exponent is.  The remainder of degree p is below
(log 2 / 2)^(p+1) / (p+1)!: 5e-9 for float32 (p = 7), 4e-18 for float64 (p = 13), under half of eps.
n is read off x + 1.5 2^23 (1.5 2^52 in float64), whose last place is worth one.
"""

from math import factorial, log

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic, overload

LOG2_E = 1 / log(2)  # e^x = 2^(x LOG2_E)
REASSOCIATED = {"reassoc", "contract", "nsz", "nnan"}  # loops of sums and maxima, without NaN
_B = tuple(log(2) ** p / factorial(p) for p in range(14))
_A = tuple(np.float32(b) for b in _B[:8])
_ROUND32, _ROUND64 = np.float32(1.5 * 2**23), 1.5 * 2**52
_LEAST32, _LEAST64 = np.float32(-126), -1022.0  # of the normal numbers
_ZERO32 = np.float32(0)
_FORMATS = {  # width of the mantissa, bits of 1.0
    types.float32: (23, 127 << 23, ir.IntType(32)),
    types.float64: (52, 1023 << 52, ir.IntType(64)),
}


@intrinsic
def _two_to(context, x):
    """2^n from the float n + 1.5 2^mantissa."""
    mantissa, one, integer = _FORMATS[x]

    def code(context, builder, signature, arguments):
        bits = builder.bitcast(arguments[0], integer)
        shifted = builder.shl(bits, ir.Constant(integer, mantissa))
        whole = builder.add(shifted, ir.Constant(integer, one))
        return builder.bitcast(whole, context.get_value_type(x))

    return x(x), code


def exp2(x):
    """2^x of a float32 or float64 x < 128 (1024), within 2 eps; 0 below the normal numbers."""
    raise NotImplementedError("exp2 is for compiled code")


@overload(exp2, jit_options={"fastmath": {"contract"}})
def _exp2(x):
    return {types.float32: _power32, types.float64: _power64}.get(x)


def _power32(x):
    a = _A
    n = x + _ROUND32
    f = x - (n - _ROUND32)
    p = a[4] + f * (a[5] + f * (a[6] + f * a[7]))
    p = a[0] + f * (a[1] + f * (a[2] + f * (a[3] + f * p)))
    return p * _two_to(n) if x >= _LEAST32 else _ZERO32


def _power64(x):
    b = _B
    n = x + _ROUND64
    f = x - (n - _ROUND64)
    p = b[9] + f * (b[10] + f * (b[11] + f * (b[12] + f * b[13])))
    p = b[4] + f * (b[5] + f * (b[6] + f * (b[7] + f * (b[8] + f * p))))
    p = b[0] + f * (b[1] + f * (b[2] + f * (b[3] + f * p)))
    return p * _two_to(n) if x >= _LEAST64 else 0.0
