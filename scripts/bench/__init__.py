"""``python3 run.py bench``: the exporter measured beside other tools, and what was seen written to ``docs``."""
