"""Set-up step: ``python -m common.charts.build_fonts SOURCE TARGET`` (folders of web and TrueType fonts)."""

import sys
from pathlib import Path

from django.conf import settings

from common.charts.fonts import build

if __name__ == "__main__":
    # Set-up has no settings yet; without them a message is simply not translated.
    if not settings.configured:
        settings.configure(USE_I18N=False)
    build(Path(sys.argv[1]), Path(sys.argv[2]))
