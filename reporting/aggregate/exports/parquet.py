"""Tables as Parquet, for programs."""

from __future__ import annotations

import io

from reporting.aggregate.exports.tables import ExportTable, Kind


def parquet_bytes(table: ExportTable) -> bytes:
    """The table with a column a column, typed; what is not known is null."""
    import polars as pl

    types = {
        Kind.STRING: pl.String,
        Kind.NUMBER: pl.Float64,
        Kind.INTEGER: pl.Int64,
        Kind.BOOLEAN: pl.Boolean,
        Kind.DATE: pl.String,
    }
    schema = {column.name: types[column.kind] for column in table.columns}
    frame = pl.DataFrame(table.rows, schema=schema, orient="row")
    frame = frame.with_columns(
        pl.col(column.name).str.to_date() for column in table.columns if column.kind is Kind.DATE
    )
    written = io.BytesIO()
    frame.write_parquet(written)
    return written.getvalue()
