"""From the bytes of a workbook to a return: every answer with its cell, and findings for what could not be read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path

from reporting.errors import SchemaError
from reporting.findings import Finding
from reporting.languages import ENGLISH, form_languages
from reporting.schema.compiled import load_schema
from reporting.schema.identifiers import schema_ids
from reporting.schema.model import Field, FieldType, ImpactIndicator, Schema, Table
from reporting.workbook import faults, form_faults
from reporting.workbook.answers import Answer, Carried, ImpactValues, Return, Row, Suspect
from reporting.workbook.arrangement import layout_of
from reporting.workbook.choices import answered_in_rows, option_id
from reporting.workbook.codes import CodeBook, clean, form_in
from reporting.workbook.computed import computed_answer
from reporting.workbook.faults import UnreadableFile
from reporting.workbook.grids import Grid, Opened, address, open_workbook
from reporting.workbook.layout import MACHINE_SHEET, VALUES_APART, Role, WorkbookLayout
from reporting.workbook.locate import FormPlace, Located, TablePlace, locate, machine_values
from reporting.workbook.scope import ReturnScope
from reporting.workbook.stray import stray_content
from reporting.workbook.suspects import suspects, texts_of
from reporting.workbook.texts import text, texts_of_workbook
from reporting.workbook.unseen import unseen
from reporting.workbook.values import BLANK, Parsed, parse


@dataclass(frozen=True)
class Form:
    """A schema made ready for reading: its layout and its answers by label."""

    schema: Schema
    layout: WorkbookLayout
    book: CodeBook

    @classmethod
    def of(cls, schema: Schema) -> Form:
        """The form that ``schema`` makes."""
        return cls(schema, layout_of(schema), CodeBook(schema))

    @cached_property
    def impact(self) -> Mapping[tuple[str, Role], Field]:
        """The questions for the values of impact indicators, by the indicator's id and the column of the value."""
        names = {Role.ANSWER: "baseline", Role.TARGET: "target", Role.YEAR_END: "year_end"}
        return {
            (item.id, role): Field(id=f"{item.id}.{name}", type=FieldType.NUMBER, label=item.label)
            for item in self.schema.impact_indicators.values()
            for role, name in names.items()
        }

    @cached_property
    def texts(self) -> frozenset[str]:
        """Every text of the form itself."""
        return texts_of(self.schema)


@cache
def form_of(identifier: str) -> Form:
    """The form of the schema called ``identifier``.

    Raises:
        SchemaError: there is no such schema, or its file has faults.
    """
    return Form.of(load_schema(identifier))


def read_return(path: Path, content: bytes, *, privacy: bool = True) -> Return:
    """The return in the bytes of a workbook; ``path`` is only carried along.

    Without ``privacy`` no text is looked at for personal data.

    Raises:
        UnreadableFile: the file cannot be read as a return; its findings say why.
    """
    opened = open_workbook(content)
    returned = return_in(opened.grids, path, hashlib.sha256(content).hexdigest())
    return replace(returned, suspects=_suspects(opened, returned)) if privacy else returned


def _suspects(opened: Opened, returned: Return) -> tuple[Suspect, ...]:
    """Texts that deserve a close look; none of the form's own, in the language that the workbook was made in."""
    schema = returned.schema_id
    found = tuple(suspects(opened, form_of(schema).texts))
    language = (machine_values(opened.grids) or {}).get("language", ENGLISH)
    if not found or language == ENGLISH or language not in form_languages(schema):
        return found
    own = {*map(clean, texts_of(form_in(schema, language))), *map(clean, texts_of_workbook(language))}
    return tuple(suspect for suspect in found if suspect.text not in own)


def return_in(grids: Sequence[Grid], path: Path, sha256: str) -> Return:
    """The return in the sheets of a workbook.

    Raises:
        UnreadableFile: the sheets are not those of a return.
    """
    machine = machine_values(grids)
    if machine is None:
        raise UnreadableFile(faults.NOT_A_RETURN.finding(expected=MACHINE_SHEET))
    try:
        form = form_of(machine["schema"])
    except SchemaError as error:
        raise UnreadableFile(faults.UNKNOWN_FORM.finding(found=machine["schema"][:40])) from error
    reading = _Reading(form, locate(grids, form.layout))
    return reading.returned(path, sha256, machine)


@dataclass
class _Reading:
    """One workbook being read; ``findings`` grow."""

    form: Form
    located: Located
    findings: list[Finding] = field(default_factory=list)

    def returned(self, path: Path, sha256: str, machine: Mapping[str, str]) -> Return:
        schema = self.form.schema
        fields = {identifier: self.question(question) for identifier, question in schema.fields.items()}
        impact = {item.id: self.indicator(item) for item in schema.impact_indicators.values()}
        tables = {table.id: tuple(self.rows(table)) for table in schema.tables}
        _compute(schema, fields, impact, tables)
        self.findings += stray_content(self.located, self.form.layout)
        self.findings += unseen(self.located, [*_answered(schema, fields), *_cells(impact, tables)])
        self.findings += _against_machine(machine, fields, schema)
        return Return(
            path=str(path),
            sha256=sha256,
            schema_id=schema.id,
            office=_text_of(fields.get("cover.office")) or machine.get("office", ""),
            year=_year_of(fields.get("cover.year"), machine, schema),
            language=_text_of(fields.get("cover.language")) or machine.get("language") or "en",
            fields=fields,
            impact=impact,
            tables=tables,
            explanations=dict(_beside_codes(self.located.checks, Role.EXPLANATION)),
            carried={code: _carried(text) for code, text in _beside_codes(self.located.checks, Role.CARRIED)},
            findings=(*self.located.findings, *self.findings),
        )

    def question(self, question: Field) -> Answer:
        """The answer to a question of a form sheet."""
        found = self.located.questions.get(question.id)
        if found is None:
            return _lost(question)
        place, row = found
        if question.computed:
            return Answer(place.grid.title, (address(row, place.columns[Role.ANSWER]),), given_by=question.given_by)
        column = place.columns[Role.ANSWER]
        if answered_in_rows(self.form.schema, question):
            return self.ticked(question, self.heading(place.grid, row, column, question))
        return self.cell(place.grid, row, column, question)

    def heading(self, grid: Grid, row: int, column: int, question: Field) -> Answer:
        """What stands beside a question that is answered in the rows below it.

        That is the form's own instruction, in whatever language, unless it can be read as an answer.
        """
        raw = grid.cell(row, column)
        parsed = BLANK if raw == text("several") else parse(raw, question, self.form.book)
        if parsed.fault:
            parsed = BLANK
        return Answer(grid.title, (address(row, column),), parsed.value, parsed.missing, parsed.text, question.given_by)

    def ticked(self, question: Field, own: Answer) -> Answer:
        """The codes whose rows say yes, and those that stand in the question's own row."""
        tick = Field(id=question.id, type=FieldType.YES_NO, label=question.label)
        answers = {}
        for code in self.form.schema.codes[question.codes].codes:
            if found := self.located.questions.get(option_id(question.id, code.code)):
                place, row = found
                answers[code.code] = self.cell(place.grid, row, place.columns[Role.ANSWER], tick)
        ticked = [answer for answer in answers.values() if answer.answered]
        if not ticked:
            return own
        named = own.value if isinstance(own.value, tuple) else ()
        codes = tuple(code for code, answer in answers.items() if answer.value == "yes" or code in named)
        broken = next((answer for answer in ticked if answer.missing), None)
        return Answer(
            own.sheet,
            tuple(answer.cell for answer in ticked),
            None if broken else codes,
            broken.missing if broken else None,
            "; ".join(codes),
            question.given_by,
        )

    def indicator(self, indicator: ImpactIndicator) -> ImpactValues:
        """Baseline, target and year-end value of an impact indicator."""
        baseline, target, year_end = (
            self.impact_value(indicator, role) for role in (Role.ANSWER, Role.TARGET, Role.YEAR_END)
        )
        return ImpactValues(baseline, target, year_end)

    def impact_value(self, indicator: ImpactIndicator, role: Role) -> Answer:
        question = self.form.impact[indicator.id, role]
        found = self.located.questions.get(indicator.id)
        if found is None or role not in found[0].columns:
            return _lost(question)
        return self.cell(found[0].grid, found[1], found[0].columns[role], question)

    def rows(self, table: Table) -> Iterator[Row]:
        """The records of a table: every row below its labels with anything in one of its columns."""
        place = self.located.tables.get(table.id)
        if place is None:
            return
        below: list[str] = []
        columns = set(place.columns.values())
        for number in range(place.labels + 1, place.grid.height + 1):
            filled = columns.intersection(place.grid.filled(number))
            if not filled:
                continue
            if number > place.labels + table.max_rows:
                below.append(address(number, min(filled)))
            yield Row(
                place.grid.title, number, {column.name: self.entry(place, number, column) for column in table.columns}
            )
        if below:
            self.findings.append(
                form_faults.BELOW_TABLE.finding(sheet=place.grid.title, cells=tuple(below), field=table.id)
            )

    def entry(self, place: TablePlace, row: int, column: Field) -> Answer:
        """The answer in one column of a record."""
        number = place.columns.get(column.id)
        return _lost(column) if number is None else self.cell(place.grid, row, number, column)

    def cell(self, grid: Grid, row: int, column: int, question: Field) -> Answer:
        """The answer in a cell, and a finding where it cannot be read."""
        raw, where = grid.cell(row, column), address(row, column)
        parsed = BLANK if raw == "" else parse(raw, question, self.form.book)
        if parsed.fault:
            self.findings.append(_fault(parsed, grid.title, where, question))
        return Answer(grid.title, (where,), parsed.value, parsed.missing, parsed.text, question.given_by)


def _fault(parsed: Parsed, sheet: str, cell: str, question: Field) -> Finding:
    fault = parsed.fault
    assert fault is not None  # noqa: S101 - the caller looked
    return fault.kind.finding(
        sheet=sheet,
        cells=(cell,),
        field=question.id,
        found=fault.found[:200],
        suggestion=fault.suggestion,
        label=question.label,
    )


def _lost(question: Field) -> Answer:
    """The answer to a question that is not in the workbook; a finding on its sheet says so."""
    return Answer("", (), given_by=question.given_by)


def _compute(
    schema: Schema,
    fields: dict[str, Answer],
    impact: Mapping[str, ImpactValues],
    tables: Mapping[str, tuple[Row, ...]],
) -> None:
    scope = ReturnScope(fields, impact, tables)
    for identifier, question in schema.fields.items():
        if question.computed:
            fields[identifier] = computed_answer(question, scope, fields[identifier])


def _carried(text: str) -> Carried:
    values, _, explanation = text.partition("\n")
    return Carried(explanation.strip(), tuple(value.strip() for value in values.split(VALUES_APART.strip())))


def _beside_codes(place: FormPlace | None, role: Role) -> Iterator[tuple[str, str]]:
    """What stands beside a rule in one column of the checks sheet, by the rule's code."""
    if place is None or Role.ID not in place.columns or role not in place.columns:
        return
    for row in range(place.header + 1, place.grid.height + 1):
        code = place.grid.text(row, place.columns[Role.ID])
        text = place.grid.text(row, place.columns[role])
        if code and text:
            yield code, clean(text)


def _answered(schema: Schema, fields: Mapping[str, Answer]) -> Iterator[Answer]:
    """The answers that offices write; what is computed is a formula by design."""
    return (answer for identifier, answer in fields.items() if not schema.fields[identifier].computed)


def _cells(impact: Mapping[str, ImpactValues], tables: Mapping[str, tuple[Row, ...]]) -> Iterator[Answer]:
    for values in impact.values():
        yield from (values.baseline, values.target, values.year_end)
    for rows in tables.values():
        for row in rows:
            yield from row.answers.values()


def _text_of(answer: Answer | None) -> str:
    return answer.value if answer is not None and isinstance(answer.value, str) else ""


def _year_of(answer: Answer | None, machine: Mapping[str, str], schema: Schema) -> int:
    """The year of a return: what the cover says, where there is a form of that year; else what the workbook was made for.

    A slip of the pen must not take a return out of its year, where it would be missed and not be corrected.
    """
    written = machine.get("year", "")
    made_for = int(written) if written.isascii() and written.isdigit() else schema.year
    if answer is not None and isinstance(answer.value, int) and f"apr-{answer.value}" in schema_ids():
        return answer.value
    return made_for


def _against_machine(machine: Mapping[str, str], fields: Mapping[str, Answer], schema: Schema) -> Iterable[Finding]:
    """Where the cover disagrees with what the workbook was made for."""
    for name, kind in (("office", form_faults.OTHER_OFFICE), ("year", form_faults.OTHER_YEAR)):
        answer = fields.get(f"cover.{name}")
        made_for = machine.get(name, "")
        if answer is None or answer.value is None or not made_for or str(answer.value) == made_for:
            continue
        yield kind.finding(
            sheet=answer.sheet, cells=answer.cells, field=f"cover.{name}", found=str(answer.value), expected=made_for
        )
    if schema.digest and machine.get("digest", schema.digest) != schema.digest:
        yield form_faults.OTHER_EDITION.finding()
