"""A real OpenID provider, django-oauth-toolkit, in a process of its own; some users get bad tokens.

python -m tests.dashboard.anbieter PORT FOLDER REDIRECT_URI
"""

import json
import sys
import time
from pathlib import Path

CLIENT, GEHEIMNIS, GRUPPE, PASSWORT = (
    "sozialmonitor",
    "das Geheimnis der Tests",
    "sozialplanung",
    "p",
)
DRIN = (
    "rita",
    "alt",
    "andere",
    "nonce",
    "aussteller",
    "schluessel",
    "keiner",
    "hmac",
    "knapp",
    "tausch",
)
DRAUSSEN = ("otto",)


def main(port, folder, redirect_uri):
    import django
    from django.conf import settings
    from jwcrypto import jwk

    key = jwk.JWK.generate(kty="RSA", size=2048)
    issuer = f"http://localhost:{port}/o"
    page = '<form method="post">{% csrf_token %}{{ form.as_p }}<button>Anmelden</button></form>'
    loader = ("django.template.loaders.locmem.Loader", {"registration/login.html": page})
    settings.configure(
        SECRET_KEY="nur für Tests",  # noqa: S106
        ALLOWED_HOSTS=["localhost"],
        ROOT_URLCONF=__name__,
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{folder}/anbieter.sqlite"}
        },
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "oauth2_provider",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {"loaders": [loader]},
            }
        ],
        # Tables as the models are now, without the steps that led there.
        MIGRATION_MODULES=dict.fromkeys(("auth", "contenttypes", "sessions", "oauth2_provider")),
        LOGIN_URL="/konto",
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True,
            "OIDC_ISS_ENDPOINT": issuer,
            "OIDC_RSA_PRIVATE_KEY": key.export_to_pem(private_key=True, password=None).decode(),
            "OAUTH2_VALIDATOR_CLASS": f"{__name__}.Validator",
            "SCOPES": {"openid": "", "profile": "", "groups": ""},
            "PKCE_REQUIRED": True,
        },
    )
    django.setup()
    _fuelle(redirect_uri)
    _diene(int(port))


def _fuelle(redirect_uri):
    from django.contrib.auth.models import Group, User
    from django.core.management import call_command
    from oauth2_provider.models import Application

    call_command("migrate", run_syncdb=True, verbosity=0)
    group = Group.objects.create(name=GRUPPE)
    for name in DRIN + DRAUSSEN:
        user = User.objects.create_user(name, password=PASSWORT)
        user.groups.add(group if name in DRIN else Group.objects.create(name=f"{GRUPPE}-2"))
    Application.objects.create(
        client_id=CLIENT,
        client_secret=GEHEIMNIS,
        client_type="confidential",
        authorization_grant_type="authorization-code",
        redirect_uris=redirect_uri,
        skip_authorization=True,
        algorithm="RS256",
    )


def _diene(port):
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    class Still(WSGIRequestHandler):
        def log_message(self, *_):
            pass

    server = ThreadedWSGIServer(("127.0.0.1", port), Still)
    server.set_app(get_wsgi_application())
    server.serve_forever()


def __getattr__(name):
    """Give Django its addresses and the validator, which exist only once it is set up."""
    if name == "urlpatterns":
        from django.contrib.auth.views import LoginView
        from django.urls import include, path

        return [
            path("konto", LoginView.as_view()),
            path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
        ]
    if name == "Validator":
        return _validator()
    raise AttributeError(name)


def _validator():
    from oauth2_provider.oauth2_validators import OAuth2Validator

    class Validator(OAuth2Validator):
        oidc_claim_scope = None

        def get_additional_claims(self, request):
            groups = [group.name for group in request.user.groups.all()]
            return {"preferred_username": request.user.username, "groups": groups}

        def get_id_token_dictionary(self, token, token_handler, request):
            claims, until = super().get_id_token_dictionary(token, token_handler, request)
            flaw = {
                "alt": {"exp": int(time.time()) - 3600},
                # The client also stands in azp, as in a token for a service it may speak for.
                "andere": {"aud": "ein-anderer-dienst", "azp": CLIENT},
                "nonce": {"nonce": "eine-frühere"},
                "aussteller": {"iss": "http://localhost/anderswo"},
            }.get(request.user.username, {})
            if request.user.username in ("knapp", "tausch"):
                del claims["groups"]  # allowed: the rest is told at userinfo
            return claims | flaw, until

        def get_userinfo_claims(self, request):
            claims = super().get_userinfo_claims(request)
            return claims | ({"sub": "1"} if request.user.username == "tausch" else {})

        def finalize_id_token(self, id_token, token, token_handler, request):
            good = super().finalize_id_token(id_token, token, token_handler, request)
            return _faelsche(good, request.user.username, request.client.jwk_key)

    return Validator


def _faelsche(token, name, key):
    """Sign the same claims in another way, for users of that name."""
    from jwcrypto import jwk, jws
    from jwcrypto.common import base64url_decode, base64url_encode

    head, claims, _ = token.split(".")
    header = json.loads(base64url_decode(head))
    if name == "schluessel":  # of the same name, from another house
        other = jwk.JWK.generate(kty="RSA", size=2048)
    elif name == "hmac":  # with the public key as if it were a secret both sides know
        header["alg"] = "HS256"
        other = jwk.JWK(kty="oct", k=base64url_encode(key.export_to_pem()))
    elif name == "keiner":
        return f"{base64url_encode(json.dumps({'alg': 'none', 'typ': 'JWT'}))}.{claims}."
    else:
        return token
    signed = jws.JWS(base64url_decode(claims))
    signed.add_signature(other, protected=json.dumps(header))
    return signed.serialize(compact=True)


if __name__ == "__main__":
    # Django looks for the addresses in the module by its name.
    sys.modules["tests.dashboard.anbieter"] = sys.modules[__name__]
    sys.path.insert(0, str(Path(__file__).parents[2]))
    main(*sys.argv[1:])
