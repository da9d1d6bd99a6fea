"""Puts the user's scope on the request."""


from orgs.scope import Scope


class ScopeMiddleware:
    """``request.scope``: what the signed-in user may see; empty for everybody else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.scope = Scope.for_user(request.user)
        return self.get_response(request)
