"""``python -m mentorship_portal.serving``: status 0 after a clean stop, 1 after a refusal or failure."""

import sys

from mentorship_portal.serving.options import StartError
from mentorship_portal.serving.portal import serve

if __name__ == "__main__":
    try:
        serve()
    except StartError as error:
        print(error, file=sys.stderr, flush=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
