"""Static files as an installation serves them: named after their content, compressed, kept by browsers for good.

How modules import each other: by relative names, `import { seal } from "./sealing.js";`, as they lie in `static/`.
A built installation keeps the hashed names only, so the build rewrites each import to the name of what it means;
the entry's own name then changes with anything that it imports, and nobody's browser mixes two versions. An
import map would do the same by an inline script, which the content policy refuses.

Only our own modules below `static/js/` are rewritten. Django's switch for this rewrites packages' scripts too,
and fails on one that imports a name without its ending.
"""

from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORTS = (
    (
        r"""(?m)^(?P<matched>(?P<verb>import|export) (?P<names>\{[^}]*\}) from "(?P<url>\.{1,2}/[^"]+)";)$""",
        '%(verb)s %(names)s from "%(url)s";',
    ),
    (r"""(?m)^(?P<matched>import "(?P<url>\.{1,2}/[^"]+)";)$""", 'import "%(url)s";'),
    (r"""(?P<matched>\bimport\("(?P<url>\.{1,2}/[^"]+)"\))""", 'import("%(url)s")'),
)


class BuiltStaticFilesStorage(CompressedManifestStaticFilesStorage):
    # A pass carries a changed name one import further up: as many as the longest chain of modules, and room to grow.
    max_post_process_passes = 20
    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", IMPORTS))
