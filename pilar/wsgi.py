import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilar.settings")
os.environ.setdefault("PILAR_LOGIN", "web")

application = get_wsgi_application()
