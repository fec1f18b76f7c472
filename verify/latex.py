"""The little LaTeX of statements, as Unicode text for a terminal."""

from __future__ import annotations

import re

_SYMBOLS = {
    "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "neq": "≠", "ne": "≠", "approx": "≈", "to": "→",
    "in": "∈", "subseteq": "⊆", "subset": "⊂", "infty": "∞", "sum": "Σ", "prod": "Π", "cdot": "·",
    "times": "×", "pm": "±", "forall": "∀", "exists": "∃", "propto": "∝", "langle": "⟨",
    "rangle": "⟩", "ldots": "…", "dots": "…", "cap": "∩", "cup": "∪", "mid": "|", "perp": "⊥",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε",
    "eta": "η", "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "pi": "π", "rho": "ρ",
    "sigma": "σ", "tau": "τ", "phi": "φ", "chi": "χ", "omega": "ω", "Delta": "Δ", "Theta": "Θ",
    "Phi": "Φ", "Sigma": "Σ", "Omega": "Ω", "Lambda": "Λ", "Gamma": "Γ", "ell": "ℓ", "|": "‖",
    "succeq": "⪰", "preceq": "⪯", "sqrt": "√", "min": "min", "max": "max", "log": "log",
    "exp": "exp", "sin": "sin", "Pr": "P", "iff": "⇔", "implies": "⇒", "Rightarrow": "⇒",
    "wedge": "∧", "vee": "∨", "neg": "¬", "odot": "⊙", "otimes": "⊗", "circ": "∘", "dagger": "†",
    "quad": "  ", "qquad": "   ", ",": " ", ";": " ", ":": " ", "!": "", " ": " ", "{": "{",
    "}": "}", "_": "_", "%": "%", "&": "&", "#": "#", "left": "", "right": "", "big": "", "Big": "",
    "lVert": "‖", "rVert": "‖", "Vert": "‖", "top": "ᵀ", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈",
    "rceil": "⌉", "star": "*", "ast": "*", "not": "¬", "mapsto": "↦", "cdots": "⋯", "setminus": "∖",
    "notin": "∉",
}  # fmt: skip
_WRAPPERS = "text|mathrm|mathbf|operatorname|mathcal|mathbb|mathfrak|mathit|boldsymbol|textbf"
_ACCENTS = {"tilde": "\u0303", "hat": "\u0302", "bar": "\u0304", "widetilde": "\u0303"}
_SUPERSCRIPT = str.maketrans("0123456789+-nTtk*", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿᵀᵗᵏ*")
_SUBSCRIPT = str.maketrans("0123456789ijknm", "₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₙₘ")


def to_unicode(text: str) -> str:
    """A statement for people: `\\tfrac{\\gamma}{2}\\sqrt{nm}` becomes `γ/2 √(nm)`."""
    s = text.replace("$", "")
    s = re.sub(rf"\\(?:{_WRAPPERS})\s*\{{([^{{}}]*)\}}", r"\1", s)
    for name, accent in _ACCENTS.items():
        s = re.sub(rf"\\{name}\s*(?:\{{(\w)\}}|(\w))", lambda m, a=accent: (m[1] or m[2]) + a, s)
    previous = None
    while previous != s:  # innermost braces first
        previous = s
        s = re.sub(r"\\[tdc]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", _fraction, s)
        s = re.sub(r"\\[tdc]?frac\s*(\w)\s*(\w)", r"\1/\2", s)
        s = re.sub(r"\\sqrt\s*\{([^{}]*)\}", lambda m: "√" + _group(m[1]), s)
        s = re.sub(r"\^\{([^{}\\]*)\}", lambda m: _raised(m[1], _SUPERSCRIPT, "^"), s)
        s = re.sub(r"_\{([^{}\\]*)\}", lambda m: _raised(m[1], _SUBSCRIPT, "_"), s)
        s = re.sub(r"\\([A-Za-z]+|[^A-Za-z])", lambda m: _SYMBOLS.get(m[1], m[0]), s)
    s = re.sub(r"\^([0-9nTtk*])", lambda m: m[1].translate(_SUPERSCRIPT), s)
    s = re.sub(r"_([0-9ijknm])\b", lambda m: m[1].translate(_SUBSCRIPT), s)
    return re.sub(r"\s+", " ", s.replace("{", "").replace("}", "")).strip()


def _fraction(m: re.Match) -> str:
    return f"{_group(m[1])}/{_group(m[2])} "


def _group(s: str) -> str:
    return s if re.fullmatch(r"\\?[\w.]+|.", s.strip()) else f"({s})"


def _raised(s: str, table: dict, sign: str) -> str:
    if s and all(ord(c) in table for c in s):
        return s.translate(table)
    return f"{sign}{_group(s)}"
