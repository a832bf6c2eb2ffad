"""``make bench``: ratios, printed. Times on a shared machine mean little; ratios taken in one run mean more."""

from __future__ import annotations

from pathlib import Path

from benchmarks import aggregate, batch, peers, render, start_up, validate

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Print the ratios of each part."""
    folder = ROOT / "sample_submissions" / "fictional" / "2008"
    for title, part in (
        ("Validation", validate),
        ("Peers", peers),
        ("Starting", start_up),
        ("Folders", batch),
        ("Figures", aggregate),
        ("Reports", render),
    ):
        print(f"\n{title}")
        for text in part.results(folder):
            print(f"  {text}", flush=True)


if __name__ == "__main__":
    main()
