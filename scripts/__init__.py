"""What ``run.py`` does: the environment (standard library alone) and every check. No part of the product."""
