"""The centre: enrols units, receives their files durably, signs receipts and gives verdicts."""
