"""A Mathematical Theory of Energy-Efficient Sequence Modeling (December 11, 2025)."""
