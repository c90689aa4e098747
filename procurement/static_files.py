"""Static files as an installation serves them: named after their content, compressed, kept by browsers for good.

How modules import each other: by relative names, `import { seal } from "./sealing.js";`, as they lie in `static/`.
A built installation keeps the hashed names only, so the build rewrites each import to the name of what it means;
the entry's own name then changes with anything that it imports, and nobody's browser mixes two versions. An
import map would do the same by an inline script, which the content policy refuses.
"""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class BuiltStaticFilesStorage(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True
