"""The login with an account of the house: OpenID Connect, authorization code flow with PKCE.

Authlib checks state, nonce, signature, issuer, audience and expiry (OpenID Connect Core 1.0, 3.1).
Each login asks the provider anew for its addresses and keys, so changed keys need no restart. No
token outlives the request that brought it. Imported only where a provider is set: it takes a while.
"""

import os
from dataclasses import dataclass
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import FlaskIntegration, FlaskOAuth2App, OAuthError
from joserfc.errors import JoseError
from werkzeug.wrappers import Response as Antwort

from dashboard.anbieter import Anbieter

NAME = "dienstkonto"
GEDULD = 10  # seconds for each answer of the provider
GRUPPEN = "groups"
LAENGSTER_NAME = 80
ADRESSEN = ("authorization_endpoint", "token_endpoint", "jwks_uri")
# By public keys only, whatever else the provider offers, such as none at all.
UNTERSCHRIFTEN = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]

STUMM = (OSError,)  # every failure of requests: no connection, no time, no JSON, status 5xx
UNGUELTIG = (AuthlibBaseError, JoseError, ValueError, KeyError)


@dataclass(frozen=True, slots=True)
class Person:
    """Who the provider says it is: the name people know, the sign that never changes, the right."""

    name: str
    kennung: str
    darf: bool


class Client(FlaskOAuth2App):
    """Authlib's client for exactly one issuer."""

    def __init__(self, anbieter: Anbieter) -> None:
        # Own certificates from the same variable as those of `fetch`.
        kwargs = {
            "code_challenge_method": "S256",
            "default_timeout": GEDULD,
            "verify": os.environ.get("SSL_CERT_FILE") or True,
        }
        super().__init__(
            FlaskIntegration(NAME),
            name=NAME,
            client_id=anbieter.client,
            client_secret=anbieter.geheimnis,
            server_metadata_url=f"{anbieter.aussteller.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs=kwargs,
        )
        self._anbieter = anbieter

    def load_server_metadata(self) -> dict[str, Any]:
        """Return what the provider says of itself; raises OAuthError if it is another one."""
        found: dict[str, Any] = super().load_server_metadata()
        if found.get("issuer") != self._anbieter.aussteller:
            raise OAuthError("issuer", f"Der Aussteller nennt sich {found.get('issuer')}.")
        if not all(found.get(name) for name in ADRESSEN):
            raise OAuthError("metadata", "Der Aussteller nennt nicht alle seine Adressen.")
        found["id_token_signing_alg_values_supported"] = UNTERSCHRIFTEN
        return found


def schicke(anbieter: Anbieter) -> Antwort:
    """Send the visitor to the provider; raises STUMM, or UNGUELTIG if it is not the one set."""
    client = Client(anbieter)
    # Some give groups only to who asks for them, others refuse to be asked for what they do not know.
    known = GRUPPEN in (client.load_server_metadata().get("scopes_supported") or ())
    scope = f"openid profile{f' {GRUPPEN}' if known else ''}"
    answer: Antwort = client.authorize_redirect(anbieter.zurueck, scope=scope)
    return answer


def empfange(anbieter: Anbieter) -> Person:
    """Return who came back from the provider; raises STUMM, or UNGUELTIG if it proves nothing."""
    options = {
        "iss": {"essential": True, "value": anbieter.aussteller},
        "aud": {"essential": True, "value": anbieter.client},
    }
    client = Client(anbieter)
    token = client.authorize_access_token(claims_options=options)
    claims = token.get("userinfo")
    if not claims:
        raise OAuthError("id_token", "Der Aussteller hat keinen Ausweis mitgeschickt.")
    if GRUPPEN not in claims and client.server_metadata.get("userinfo_endpoint"):
        # What a scope asks for may also be told only there (OpenID Connect Core 1.0, 5.3 and 5.4).
        told = client.userinfo(token=token)
        if told.get("sub") != claims["sub"]:
            raise OAuthError("userinfo", "Die Auskunft gilt einer anderen Person.")
        claims |= told
    groups = claims.get(GRUPPEN)
    name = claims.get("preferred_username") or claims["sub"]
    return Person(
        str(name)[:LAENGSTER_NAME],
        str(claims["sub"])[:LAENGSTER_NAME],
        # In a text, »in« would find a part of a name.
        anbieter.gruppe in (groups if isinstance(groups, list) else [groups]),
    )
