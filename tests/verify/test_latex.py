"""Statements in LaTeX as text for a terminal."""

import pytest

from verify.claim import Check
from verify.latex import to_unicode
from verify.registry import entries, load


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\|W - \gamma Q(W)\|_F \le \tfrac{\gamma}{2}\sqrt{nm}", "‖W - γ Q(W)‖_F ≤ γ/2 √(nm)"),
        (r"if every $|W_{ij}| \le \tfrac32\gamma$", "if every |Wᵢⱼ| ≤ 3/2 γ"),
        (r"\sum x_i^2 \le (\sum |x_i|)^2", "Σ xᵢ² ≤ (Σ |xᵢ|)²"),
        (r"\frac{a + b}{2m}", "(a + b)/(2m)"),
        (r"\exp\left(-\frac{t^2/2}{\sigma^2}\right)", "exp(-(t²/2)/σ²)"),
        (r"h^2/2 \le \operatorname{Re}\lambda", "h²/2 ≤ Re λ"),
        (r"\operatorname{rank}(W) \le \min(N, 2^r)", "rank(W) ≤ min(N, 2^r)"),
        (r"\sqrt{d_k} + \sqrt N + \sqrt\rho", "√dₖ + √N + √ρ"),
        (r"\beta^{-1}\log P_{\text{dense}}(S^*)", "β⁻¹ log P_dense(S*)"),
        (r"N^{-1/4} \lambda_{k+1} x^{ab}", "N^(-1/4) λ_(k+1) x^(ab)"),
        (r"\hat{R}(h), \bar V, \tilde x", "R̂(h), V̄, x̃"),
        (r"X^\top Y \in \mathbb{R}^{n}", "Xᵀ Y ∈ Rⁿ"),
        (r"\binom{N}{d/2} \le \tanh(x)\max_i y_i", "C(N, d/2) ≤ tanh(x) maxᵢ yᵢ"),
        (r"\partial L/\partial\tilde W = \beta\operatorname{KL}", "∂ L/∂ W̃ = β KL"),
        (r"\left\lfloor\tfrac12\right\rfloor", "⌊1/2⌋"),
        (r"\{0, 1\}, 99.6\%", "{0, 1}, 99.6%"),
        ("plain text, 1/2", "plain text, 1/2"),
        ("", ""),
    ],
)
def test_reads_as_one_would_write_it(latex, text):
    assert to_unicode(latex) == text


def test_what_it_does_not_know_stays_as_it_is():
    assert to_unicode(r"a \unknown b") == r"a \unknown b"


def statements(claim):
    for part in claim.parts:
        yield part.statement
        if isinstance(part, Check):
            checks = [part, *part.amendments]
            yield from (text for c in checks for text in (c.statement, c.reading, c.why))
            yield from (m.statement for c in checks for m in c.mutants)


@pytest.mark.parametrize("entry", entries(), ids=lambda e: e.id)
def test_no_command_is_left_in_the_statements_of_a_claim(entry):
    for text in statements(load(entry)):
        assert "\\" not in to_unicode(text)
