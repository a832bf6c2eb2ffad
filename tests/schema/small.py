"""A whole schema in few lines; tests of faults put one fault into it."""

from __future__ import annotations

from pathlib import Path

SMALL = """\
id: apr-1999
label: A small return
year: 1999
source: made for a test
cover:
  id: cover
  label: Cover
  sheet: Cover
  fields:
    - {id: office, type: choice, codes: offices, label: Office}
    - {id: year, type: year, label: Year}
summary:
  id: summary
  label: Summary
  sheet: Summary
  fields: []
area_gate: applicable
area_fields:
  - field: {id: applicable, type: yes_no, label: Does the area apply?}
  - field: {id: narrative, type: text, label: Narrative, max_length: 100}
    in_areas: [security.sgbv]
    last: true
categories:
  - id: security
    label: Security
    sheet: Security
    areas:
      - id: sgbv
        label: Violence
        fields:
          - {id: incidents, type: count, label: Incidents, themes: [trafficking]}
          - {id: detail, type: text, label: Detail, asked_if: security.sgbv.incidents > 0}
        indicators:
          - id: reported
            label: Incidents reported
            objective: Risk reduced
            problem: Risk high
            standard: 0
            reversed: true
            green: 5
            red: 10
tables:
  - id: persons
    label: Persons
    sheet: Persons
    themes: [trafficking]
    key: [country]
    columns:
      - {id: country, type: choice, codes: countries, label: Country}
      - {id: total, type: count, label: Total}
      - {id: women, type: count, label: Women}
code_lists:
  - id: offices
    label: Offices
    codes: {KEN: Kenya, no: Norway}
  - id: countries
    label: Countries
    file: countries.csv
rules:
  - code: TOT001
    severity: error
    table: persons
    cells: [total, women]
    holds: women <= total
    found: total
    expected: women
    message: "{found} is less than {expected} by {difference}."
indicators:
  - id: persons.total
    label: Persons
    measure: sum
    draws_on: persons.total
    by: [country]
    themes: [trafficking]
recommendations_file: recommendations.csv
themes:
  trafficking: Trafficking
"""

COUNTRIES = "code,label,bureau\nKEN,Kenya,africa\nTHA,Thailand,asia_pacific\n"
RECOMMENDATIONS = "id,section,text,addressed_to,source,evidence\nR01,Policy,Do it.,offices,¶1,persons.total\n"


def write_small(
    folder: Path, *changes: tuple[str, str], countries: str = COUNTRIES, recommendations: str = RECOMMENDATIONS
) -> Path:
    """The small schema with ``changes`` (old text, new text) made to it, and its CSV files beside it."""
    text = SMALL
    for old, new in changes:
        assert old in text, f"the small schema does not hold {old!r}"
        text = text.replace(old, new, 1)
    path = folder / "apr-1999.yaml"
    path.write_text(text, encoding="utf-8")
    (folder / "countries.csv").write_text(countries, encoding="utf-8")
    (folder / "recommendations.csv").write_text(recommendations, encoding="utf-8")
    return path


def line_of(text: str) -> int:
    """The line of the small schema in which ``text`` stands."""
    return SMALL[: SMALL.index(text)].count("\n") + 1
