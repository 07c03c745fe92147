"""Authentication of ZeroMQ connections: ZAP handlers and CURVE certificates.

Layers, each importing only what stands left of it:
zap, metadata, certs, addresses, plain, trio_waits, workers, counts -> loops
-> verdict, deadline, watch -> answers, audit, providers -> curve -> domain -> rules
-> policy -> base -> routing, metrics -> server, trio -> asyncio, thread -> ioloop.
"""

from __future__ import annotations

from .answers import Accept as Accept
from .answers import Client as Client
from .answers import Refuse as Refuse
from .base import Authenticator as Authenticator
from .certs import create_certificates as create_certificates
from .certs import load_certificate as load_certificate
from .certs import load_certificates as load_certificates
from .counts import AuthMetrics as AuthMetrics
from .counts import CheckTimes as CheckTimes
from .counts import Decision as Decision
from .curve import CURVE_ALLOW_ANY as CURVE_ALLOW_ANY
from .domain import DomainPolicy as DomainPolicy
from .providers import CredentialsProvider as CredentialsProvider

__all__ = [
    # base
    "Authenticator",
    # counts
    "AuthMetrics",
    "CheckTimes",
    "Decision",
    # domain
    "Accept",
    "Client",
    "DomainPolicy",
    "Refuse",
    # curve
    "CURVE_ALLOW_ANY",
    "CredentialsProvider",
    # certs
    "create_certificates",
    "load_certificate",
    "load_certificates",
]
