"""Bytes to values and back: one module for each format of ``docs/spec``. No disk, no network, no clock."""
