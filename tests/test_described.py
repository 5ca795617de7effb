"""The API's description: complete, without guesses, and served."""

import os

from django.core.management import call_command
from django.urls import reverse


def test_the_description_needs_no_guess(land, capsys):
    """Two components of one name, or a type that cannot be told, would mislead whoever generates a client."""
    call_command("spectacular", validate=True, fail_on_warn=True, file=os.devnull)
    assert capsys.readouterr().err == ""


def test_it_is_served(client, land):
    response = client.get(reverse("api-schema"))
    assert response.status_code == 200
    assert b"openapi: 3" in response.content
