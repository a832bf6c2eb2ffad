"""Which returns are owed, and which file is the authoritative return of an office."""
