"""Write ``schemas/apr.schema.json``, by which editors complete and check the schema files."""

from __future__ import annotations

import json

from reporting.paths import schemas_folder
from reporting.schema.load import editor_schema

if __name__ == "__main__":
    text = json.dumps(editor_schema(), ensure_ascii=False, indent=2) + "\n"
    (schemas_folder() / "apr.schema.json").write_text(text, encoding="utf-8")
