"""``apr template``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reporting.cli.destination import make_folder
from reporting.errors import UsageError

if TYPE_CHECKING:
    from reporting.schema.model import Schema
    from reporting.workbook.filling import Filling


@click.command("template")
@click.option("--office", help="The office's id: the ISO alpha-3 code of its seat, such as KEN.")
@click.option("--year", type=int, required=True, help="The year to be reported on.")
@click.option("--lang", default="en", show_default=True, help="The language of the workbook.")
@click.option(
    "--prefill",
    "last",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The office's return of last year: its lists and headquarters' answers are carried over, its figures are not.",
)
@click.option(
    "--register",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The register of expected returns: it says which countries an office covers.",
)
@click.option("--all", "everybody", is_flag=True, help="One workbook for each office of the register, into a folder.")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="The workbook; with --all, the folder."
)
def command(
    *,
    office: str | None,
    year: int,
    lang: str,
    last: Path | None,
    register: Path | None,
    everybody: bool,
    output: Path,
) -> None:
    """Write the blank workbook of an office.

    \b
      apr template --office KEN --year 2008 -o KEN-2008.xlsx
      apr template --office COD --year 2008 --lang fr -o COD-2008.xlsx
      apr template --office XAA --year 2008 --prefill XAA-2007.xlsx -o XAA-2008.xlsx
      apr template --year 2008 --register register.csv --all -o to-send/
    """  # noqa: D301 - \b is click's mark for text that keeps its lines
    from reporting.schema.compiled import load_schema
    from reporting.workbook.template import write_return

    schema = load_schema(f"apr-{year}")
    labels = _workbook_language(schema, lang)
    if everybody and last is not None:
        raise UsageError("--prefill is the return of one office: name the --office instead of --all")
    if everybody:
        if register is None:
            raise UsageError("--all needs --register: it names the offices")
        fillings = list(_of_register(schema, register, year, lang))
    elif last is not None:
        fillings = [_begun_from(last, schema, office, year)]
    else:
        fillings = [_of_office(schema, office, year, lang, register)]
    paths = [output / f"{filling.office}-{year}.xlsx" if everybody else output for filling in fillings]
    _refuse_existing(paths)
    for path, filling in zip(paths, fillings, strict=True):
        make_folder(path.parent)
        try:
            write_return(schema, replace(filling, workbook_language=labels), path)
        except OSError as error:
            raise UsageError(f"{path}: cannot be written ({error.strerror})") from error
        click.echo(str(path))


def _refuse_existing(paths: Sequence[Path]) -> None:
    """Refuse to write where something stands already: it may be a return that an office has filled in.

    Raises:
        UsageError: a file or folder has one of these names.
    """
    for path in paths:
        if path.exists():
            raise UsageError(f"{path} is there already: name another place, lest a return that was filled in be lost")


def _of_office(schema: Schema, office: str | None, year: int, lang: str, register: Path | None) -> Filling:
    """The blank return of one office; its countries come from the register, if there is one."""
    offices = schema.codes["offices"].by_code
    if office is None:
        raise UsageError("name the --office, such as KEN, or all of a register with --register FILE --all")
    if office.upper() not in offices:
        raise UsageError(f"there is no office “{office}” in {schema.id}; an office's id is a code such as KEN")
    expected = list(_of_register(schema, register, year, lang)) if register else []
    for filling in expected:
        if filling.office == office.upper():
            return filling
    return _blank(schema, office.upper(), year, lang, (office.upper(),))


def _begun_from(last: Path, schema: Schema, office: str | None, year: int) -> Filling:
    """The return of an office, begun from its last one."""
    from reporting.pipeline import validate_file
    from reporting.workbook.prefill import prefilled

    result, returned = validate_file(last)
    if returned is None:
        raise UsageError(f"{last}: cannot be read as a return: {result.findings[0].message}")
    if office is not None and returned.office != office.upper():
        raise UsageError(f"{last} is the return of {returned.office}, not of {office.upper()}")
    if returned.year >= year:
        raise UsageError(f"{last} is the return of {returned.year}: begin that of {year} from an earlier one")
    return prefilled(schema, returned, year, result.findings)


def _of_register(schema: Schema, register: Path, year: int, lang: str) -> Iterator[Filling]:
    from reporting.returns.register import read_register

    for expected in read_register(register):
        if expected.year == year:
            yield _blank(schema, expected.office, year, lang, tuple(expected.countries))


def _blank(schema: Schema, office: str, year: int, lang: str, countries: tuple[str, ...]) -> Filling:
    from reporting.workbook.filling import Filling

    known = tuple(code for code in countries if code in schema.codes["countries"].by_code)
    fields = {"cover.countries": known} if known and "cover.countries" in schema.fields else {}
    return Filling(office=office, year=year, language=lang, fields=fields)


def _workbook_language(schema: Schema, lang: str) -> str:
    """The language of labels and lists: that of the return where the form has been translated, else English, with a remark."""
    from reporting.languages import ENGLISH, form_languages

    _check_language(schema, lang)
    there = form_languages(schema.id)
    if lang in there:
        return lang
    click.echo(f"the form is not translated into “{lang}” yet: its labels are English ({', '.join(there)})", err=True)
    return ENGLISH


def _check_language(schema: Schema, lang: str) -> None:
    languages = schema.codes.get("languages")
    if languages and lang not in languages.by_code:
        raise UsageError(
            f"there is no language “{lang}”; there are {', '.join(list(languages.by_code)[:6])} and others"
        )
