"""The exporter: one snapshot, one year, all its tables, into one RAR and its HTML log."""
