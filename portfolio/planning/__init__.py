"""The pure core: everything that counts, and nothing else.

Values in, values out. No database, no clock, no framework, no prose: time is an argument, and
results are typed facts that others put into words. Only the standard library is imported. Page,
warning, chart and optimiser call the same functions, so a figure is the same wherever it is shown.
"""
