"""Reports: what the returns say, laid out for reading.

``chapters`` turn figures and answers into blocks (:mod:`reporting.report.blocks`), the templates draw the blocks, and
:mod:`reporting.report.pdf` sets them as pages. Nothing is computed in a template.
"""
