"""Factories of the accounts app."""

import factory

from accounts.models import User

PASSWORD = "Priozersk-2026-парта"


class UserFactory(factory.django.DjangoModelFactory):
    """A user who may sign in with ``PASSWORD``."""

    email = factory.Sequence(lambda n: f"user{n}@example.org")
    full_name = factory.Sequence(lambda n: f"Пользователь Номер {n}")

    class Meta:
        model = User

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_user(*args, **{"password": PASSWORD, **kwargs})
