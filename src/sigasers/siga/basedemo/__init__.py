"""A SIGA base that looks like a real one: the real schema, believable rows, keys that join, sums that agree.

For demonstrations and tests; it holds no datum of any person. What each table means and how a table without a
SEC_EJEC column relates to a unit is told in ``belonging``.
"""

from sigasers.siga.basedemo.build import DemoSummary, build_demo_database
from sigasers.siga.basedemo.size import Size

__all__ = ["DemoSummary", "Size", "build_demo_database"]
