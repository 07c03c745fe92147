"""Settings of Sphinx; `python3 run.py docs` builds the pages into build/docs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import zmq

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "_ext"))

from inventories import fallback  # noqa: E402 - beside this file

project = "pyzmq"
project_copyright = "the contributors of this repository"
release = zmq.pyzmq_version()
version = release

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.intersphinx",
    "sphinx.ext.viewcode",
    "sphinx_copybutton",
    "sphinxext.opengraph",
    "complete",
    "links",
    "option_table",
    "pictures",
    "plots",
    "signatures",
]
exclude_patterns = ["_ext", "_inventories"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
suppress_warnings = ["config.cache"]

autodoc_member_order = "bysource"
# At runtime this type variable is None, which would be shown in place of its name.
autodoc_type_aliases = {"SocketT": "zmq.Socket"}
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True

# Where the network is away, names come from what is in the repository.
intersphinx_timeout = 5
_SITES = {
    "python": "https://docs.python.org/3",
    "tornado": "https://www.tornadoweb.org/en/stable",
    "paramiko": "https://docs.paramiko.org/en/stable",
}
intersphinx_mapping = {
    name: (site, (None, fallback(HERE / "_inventories" / f"{name}.txt", HERE.parent)))
    for name, site in _SITES.items()
}

html_theme = "furo"
html_title = f"ZeroMQ for Python {release}"
html_favicon = "_static/favicon.svg"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_theme_options = {
    "light_logo": "logo.svg",
    "dark_logo": "logo.svg",
    "light_css_variables": {
        "color-brand-primary": "#b3341a",
        "color-brand-content": "#256088",
    },
    "dark_css_variables": {
        "color-brand-primary": "#f0896f",
        "color-brand-content": "#7fbbe6",
    },
    "top_of_page_buttons": [],
}
pygments_style = "friendly"
pygments_dark_style = "monokai"

# Prompts and output are shown, but not copied.
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True
copybutton_exclude = ".linenos, .go"

ogp_site_url = os.environ.get(
    "READTHEDOCS_CANONICAL_URL", "https://pyzmq.readthedocs.io/en/latest/"
)
ogp_site_name = "ZeroMQ for Python"
ogp_use_first_image = False
# Drawing a card for each page takes as long as all else.
ogp_social_cards = {
    "enable": "ZMQ_DOCS_SHORT" not in os.environ,
    "line_color": "#b3341a",
}
