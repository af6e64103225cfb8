"""The scheduled task of an installation: planned, generated, tried, looked at, removed."""
