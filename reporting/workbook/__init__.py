"""The Excel return: where everything stands, writing it, and reading it back."""
