"""The pages of the unit and of the centre. Nothing is built yet."""
