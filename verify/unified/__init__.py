"""A Unified Mathematical Theory of Energy-Efficient AI (Da Xu, December 3, 2025)."""
