"""The fewest persons who do one task at a time: columns of whole shifts, see `search`."""
