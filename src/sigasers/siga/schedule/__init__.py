"""When this unit transmits: the sources of its schedule, what is due now, and the run that answers it."""
