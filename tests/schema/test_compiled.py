"""The compiled form: the same schema, without pydantic and PyYAML."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reporting.cache import Cache
from reporting.errors import SchemaError
from reporting.records import builder, from_json, to_json
from reporting.schema import compiled
from reporting.schema.compiled import load_schema
from reporting.schema.load import read_schema, schema_path
from reporting.schema.model import Schema


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own, and no schema left over in memory."""
    monkeypatch.setenv("APR_CACHE", str(tmp_path / "cache"))
    load_schema.cache_clear()
    return tmp_path / "cache"


@pytest.mark.parametrize("identifier", ["apr-2007", "apr-2008"])
def test_a_schema_comes_back_whole_from_its_compiled_form(identifier: str) -> None:
    schema = read_schema(schema_path(identifier))
    assert from_json(Schema, to_json(schema)) == schema


def test_the_first_use_writes_the_cache_and_the_second_reads_it(
    own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_schema("apr-2007")
    assert [path.suffix for path in own_cache.iterdir()] == [".json"]
    load_schema.cache_clear()
    monkeypatch.setattr(compiled, "_compile", pytest.fail)
    assert load_schema("apr-2007") == first


@pytest.mark.parametrize("content", [b"", b"{", b"{}", b"[1]", b'{"id": 1}'])
def test_a_damaged_cache_is_written_anew(own_cache: Path, content: bytes) -> None:
    first = load_schema("apr-2007")
    (cached,) = own_cache.iterdir()
    cached.write_bytes(content)
    load_schema.cache_clear()
    assert load_schema("apr-2007") == first
    assert from_json(Schema, Cache(own_cache).read(cached.name) or b"") == first


def test_a_cache_that_cannot_be_written_does_no_harm(own_cache: Path) -> None:
    own_cache.write_text("a file where the folder should be", encoding="utf-8")
    assert load_schema("apr-2007").id == "apr-2007"


def test_the_cache_is_the_users_alone(own_cache: Path) -> None:
    load_schema("apr-2007")
    assert own_cache.stat().st_mode & 0o077 == 0


def test_a_schema_that_is_not_there_is_reported_with_those_that_are() -> None:
    with pytest.raises(SchemaError, match="there is no schema “apr-1066”; there are apr-2007, apr-2008"):
        load_schema("apr-1066")


def test_a_part_that_json_cannot_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="no way to make <class 'bytes'> from JSON"):
        builder(bytes)


def test_a_compiled_schema_is_loaded_without_the_heavy_libraries() -> None:
    load_schema("apr-2007")
    program = (
        "import sys; from reporting.schema.compiled import load_schema; load_schema('apr-2007');"
        "sys.exit(bool({'pydantic', 'yaml'} & set(sys.modules)))"
    )
    root = Path(compiled.__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode == 0
