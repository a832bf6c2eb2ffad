"""The return as data: what is asked, how it is checked, which figures come from it.

A schema is one YAML file in ``schemas/``; everything else of the program is driven by it.
"""
