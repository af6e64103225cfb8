"""Cores without input or output: what decides, given values and a clock reading, and nothing that acts."""
