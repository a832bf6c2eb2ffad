"""A report's pages: its sections set one by one in processes of their own, and put together as one tagged PDF (DESIGN 9)."""
