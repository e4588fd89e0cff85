"""Tables in and out, as CSV and XLSX; knows no domain, no framework and no database.

`read.read_table`, then `rows.start_report` and `rows.RowReader`; `write.write_csv`, `write.write_xlsx`.
What is wrong with a file or a cell is a typed fact (`problems.NotATable`, `report.Finding`); the
sentence about it is chosen where it is shown.
"""
