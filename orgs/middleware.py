"""Puts the user's scope on the request and keeps personal pages out of caches."""

from orgs.viewstate import read_view_state


class ScopeMiddleware:
    """``request.scope``: what the signed-in user may see; empty for everybody else.

    Beside it stand the role, the place and the school year of the page (:mod:`orgs.viewstate`).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        read_view_state(request)
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            # Pages name people: neither a proxy nor the next user of a school machine may find them.
            response["Cache-Control"] = "no-store"
        return response
