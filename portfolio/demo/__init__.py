"""Demo data: invented people and plausible projects around a given day, the same for the same day."""
