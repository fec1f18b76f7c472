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
    "succeq": "⪰", "preceq": "⪯", "sqrt": "√", "Pr": "P", "iff": "⇔", "implies": "⇒",
    "Rightarrow": "⇒",
    "wedge": "∧", "vee": "∨", "neg": "¬", "odot": "⊙", "otimes": "⊗", "circ": "∘", "dagger": "†",
    "quad": "  ", "qquad": "   ", ",": " ", ";": " ", ":": " ", "!": "", " ": " ",
    "_": "_", "%": "%", "&": "&", "#": "#",
    "lVert": "‖", "rVert": "‖", "Vert": "‖", "top": "ᵀ", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈",
    "rceil": "⌉", "star": "*", "ast": "*", "not": "¬", "mapsto": "↦", "cdots": "⋯", "setminus": "∖",
    "notin": "∉", "partial": "∂", "nabla": "∇", "emptyset": "∅", "sim": "∼", "simeq": "≃",
    "equiv": "≡", "oplus": "⊕", "bot": "⊥", "prime": "′", "ll": "≪", "gg": "≫", "lesssim": "≲",
    "gtrsim": "≳", "rightarrow": "→", "leftrightarrow": "↔", "Leftrightarrow": "⇔", "land": "∧",
    "lor": "∨", "lnot": "¬", "int": "∫", "bigcup": "⋃", "bigcap": "⋂", "nu": "ν", "xi": "ξ",
    "zeta": "ζ", "psi": "ψ", "Psi": "Ψ", "Pi": "Π", "varphi": "φ", "lvert": "|", "rvert": "|",
}  # fmt: skip
_WRAPPERS = "text|mathrm|mathbf|operatorname|mathcal|mathbb|mathfrak|mathit|boldsymbol|textbf"
_BRACES = "\ue000\ue001"  # of sets, while those that group are looked at
_FUNCTIONS = "log|exp|min|max|sinh?|cosh?|tanh?|arg|inf|sup|det|lim|dim|deg|ker"
_ACCENTS = {"tilde": "\u0303", "hat": "\u0302", "bar": "\u0304", "widetilde": "\u0303"}
_SUPERSCRIPT = str.maketrans("0123456789+-nTtk*", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿᵀᵗᵏ*")
_SUBSCRIPT = str.maketrans("0123456789ijknm", "₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₙₘ")
_MARKS = "[\u0302-\u0304⁰¹²³⁴-⁹₀-₉ᵢⱼₖₙₘ]*"
_ONE = re.compile(rf"[\d.]+|(?:\\?\w|\\[A-Za-z]+){_MARKS}|.")  # a number, a letter, a symbol


def to_unicode(text: str) -> str:
    """A statement for people: `\\tfrac{\\gamma}{2}\\sqrt{nm}` becomes `γ/2 √(nm)`."""
    s = text.replace("$", "").replace(r"\{", _BRACES[0]).replace(r"\}", _BRACES[1])
    s = re.sub(r"\\(left|right|[bB]igg?[lr]?)(?![A-Za-z])", "", s)
    s = re.sub(r"(\\[A-Za-z]+)(?=\\[A-Za-z])", r"\1 ", s)  # so that they stay apart
    s = re.sub(r"\\operatorname\s*\{([^{}]*)\}(?=[A-Za-z\\])", r"\1 ", s)
    s = re.sub(rf"\\(?:{_WRAPPERS})\s*\{{([^{{}}]*)\}}", r"\1", s)
    s = re.sub(rf"(?<=[\w)}}])\\({_FUNCTIONS})(?![A-Za-z])", r" \1", s)
    s = re.sub(rf"\\({_FUNCTIONS})(?![A-Za-z])", r"\1", s)
    for name, accent in _ACCENTS.items():
        s = re.sub(rf"\\{name}\s*(?:\{{(\w)\}}|(\w))", lambda m, a=accent: (m[1] or m[2]) + a, s)
    s = re.sub(r"\^([0-9nTtk*])", lambda m: m[1].translate(_SUPERSCRIPT), s)
    s = re.sub(r"_([0-9ijknm])(?![A-Za-z0-9])", lambda m: m[1].translate(_SUBSCRIPT), s)
    previous = None
    while previous != s:
        previous, s = s, _innermost(s)
    s = re.sub(r"(?<=[⟨⌊⌈(√])\s+|\s+(?=[⟩⌋⌉)])", "", s)
    s = re.sub(r"\s+", " ", s.replace("{", "").replace("}", "")).strip()
    s = s.replace(_BRACES[0], "{").replace(_BRACES[1], "}")
    return s.replace("^ᵀ", "ᵀ")


def _innermost(s: str) -> str:
    """Commands whose arguments have no braces in them, and symbols."""
    s = re.sub(r"\\[tdc]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", _fraction, s)
    s = re.sub(r"\\[tdc]?frac\s*(\w)\s*(\w)", _fraction, s)
    s = re.sub(r"\\[td]?binom\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"C(\1, \2)", s)
    s = re.sub(r"\\sqrt\s*(?:\{([^{}]*)\}|(\w))", lambda m: "√" + _group(m[1] or m[2]), s)
    s = re.sub(r"\^\{([^{}\\]*)\}", lambda m: _raised(m[1], _SUPERSCRIPT, "^"), s)
    s = re.sub(r"_\{([^{}\\]*)\}", lambda m: _raised(m[1], _SUBSCRIPT, "_"), s)
    return re.sub(r"\\([A-Za-z]+|[^A-Za-z])", lambda m: _SYMBOLS.get(m[1], m[0]), s)


def _fraction(m: re.Match) -> str:
    above = m[1] if re.fullmatch(r"[^-+=<>≤≥Σ/\s]+", m[1]) else _group(m[1])
    return f"{above}/{_group(m[2])} "


def _group(s: str) -> str:
    """In brackets unless it is one thing."""
    s = s.strip()
    return s if _ONE.fullmatch(s) else f"({s})"


def _raised(s: str, table: dict, sign: str) -> str:
    """As raised or lowered letters if all of them exist, else behind ^ or _."""
    if s and all(ord(c) in table for c in s):
        return s.translate(table)
    return f"{sign}{s}" if sign == "_" and re.fullmatch(r"\w+", s) else f"{sign}{_group(s)}"
