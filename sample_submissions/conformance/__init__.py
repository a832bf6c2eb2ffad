"""The conformance suite: returns with one fault each, near misses and mangled ones, with what must be found where.

Any validator of these returns can be run against it; ``README.md`` beside this file says how.
"""
