"""Verification: a child process without network, files or environment opens a stranger's package and reports.

``runner`` starts the child and bounds what it says, ``child`` is what runs in it, ``confine`` takes its rights
away, ``verdict`` makes reasons of a constancia from its report. Nothing the child says is believed beyond that.
"""
