"""Rank, Head-Channel Non-Identifiability, and Symmetry Breaking (as digested, April 28, 2026)."""
