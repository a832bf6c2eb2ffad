"""How fast the parts are, as ratios taken in one run against a peer or the physical bound: ``make bench``."""
