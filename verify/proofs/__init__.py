"""The algebra of proofs: functions that yield (text, SymPy expression that is 0 or True).

A claim names them, `@theorem32.part(..., proofs=[chernoff])`, and each run reduces every step.
What a step is for stands in the docstring of the claim, under *Proof*.
"""
