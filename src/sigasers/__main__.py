"""``python -m sigasers`` is the command ``sigasers``."""

from sigasers.cli import sigasers

if __name__ == "__main__":
    sigasers()
