"""Puts the user's scope on the request and keeps personal pages out of caches."""

from orgs.scope import Scope


class ScopeMiddleware:
    """``request.scope``: what the signed-in user may see; empty for everybody else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.scope = Scope.for_user(request.user)
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            # Pages name people: neither a proxy nor the next user of a school machine may find them.
            response["Cache-Control"] = "no-store"
        return response
