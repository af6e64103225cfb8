"""A SIGA base that looks like a real one: the real schema, believable rows, keys that join, sums that agree.

For demonstrations and tests; it holds no datum of any person. Every table that has rows of the unit has rows of a
neighbour too, with the same shapes of keys and overlapping document numbers, and few rows of the year before.

How a table's rows belong to a unit:

- by SEC_EJEC (in whatever case), nearly all tables; the year by ANO_EJE, ANNO_EJEC or ANO_EJEC of the key;
- SIG_DOCUMENTO_ESTADO: SEC_EJEC, the year through its request (SOL_ANNO_EJEC, SOL_CC, SEC_SOL_MOD);
- SIG_PATRIMONIO, SIG_PATRIMONIO_INM and its units and components: SEC_EJEC, all years together (their ANO_EJE is
  the year of registration, outside the key);
- sig_sedes: no SEC_EJEC; a seat belongs to its pliego, and the units of one pliego share the table. Seats of a
  pliego of neither unit (``unit.FOREIGN_PLIEGO``) are there to be left out. Which seats a unit uses is told by
  SIG_CENTRO_COSTO, SIG_ALMACEN and SIG_PPR_SEDE (SEDE, PLIEGO);
- the other tables of groups A and B without SEC_EJEC are national or shared: they belong to every unit.
"""

from sigasers.siga.basedemo.build import DemoSummary, build_demo_database
from sigasers.siga.basedemo.size import Needs, Scale, Size

__all__ = ["DemoSummary", "Needs", "Scale", "Size", "build_demo_database"]
