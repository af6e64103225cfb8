"""The exporter: reads a SIGA database and leaves a package in SourceOut. Knows the courier by folders only."""
