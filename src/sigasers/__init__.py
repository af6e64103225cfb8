"""SIGA-SERS: exports a SIGA database, sends it, and receives it with signed receipts."""
