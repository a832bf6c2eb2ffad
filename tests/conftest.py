"""No test sees what another run of the tests, or the user, has kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def own_cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache folder of this session's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("APR_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield
