"""Write the API's contract and the typed part of the Python client. `./run contract` runs it."""

import json
import os
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def main() -> int:
    sys.path.insert(0, str(ROOT / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tertia.settings")
    with tempfile.TemporaryDirectory() as home:
        os.environ["TERTIA_HOME"] = home
        import django

        django.setup()
        from tertia.web.api import urls
        from tertia.web.api.client import client_module
        from tertia.web.api.contract import broken_by

        contract, file = urls.contract(), HERE / "openapi.json"
        now = json.loads(contract)
        broken = broken_by(json.loads(file.read_text()), now) if file.exists() else []
        for line in broken:
            print(f"breaks programs: {line}", file=sys.stderr)
        if broken and "--break" not in sys.argv:
            print(
                "Nothing was written. Keep the old form beside the new one, or say --break and write it into the changelog.",
                file=sys.stderr,
            )
            return 1
        file.write_text(contract)
        (ROOT / "clients" / "python" / "tertia_actions.py").write_text(client_module(now))
        print(f"{len(now['paths'])} paths written to {file.relative_to(ROOT)}")
        return 0


if __name__ == "__main__":
    sys.exit(main())
