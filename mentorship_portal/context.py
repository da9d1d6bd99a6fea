"""What every page needs for its frame."""

from django.conf import settings


def frame(request):
    """Template context of the frame: the request's scope and whether this is the demo portal."""
    return {"scope": getattr(request, "scope", None), "demo": settings.DEMO}
