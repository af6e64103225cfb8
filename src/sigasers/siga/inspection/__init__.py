"""The catalogue and the database looked at together, for people: nothing here exports, and nothing is written."""
