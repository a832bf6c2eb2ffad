"""Figures, coverage and traces for others to use: a format a module (DESIGN 9).

``tables`` says which columns there are, once for CSV, the HXL standard, workbooks and data packages; ``documents`` gives
the same as JSON.
"""
