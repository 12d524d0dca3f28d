"""Digests, Base64 and signatures (ODK XForms specification, "Cryptographic functions")."""

import base64
import binascii
import hashlib

from roadmapdesk.errors import Message
from roadmapdesk.i18n import N_
from roadmapdesk.xforms.xpath.errors import XPathError
from roadmapdesk.xforms.xpath.functions.registry import function

UNKNOWN_ALGORITHM = Message("xpath.digest_algorithm", N_("The function digest() has no algorithm {algorithm}."))
UNKNOWN_ENCODING = Message("xpath.digest_encoding", N_("The function digest() writes base64 or hex, not {encoding}."))

_ALGORITHMS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}
_SIGNATURE_BYTES = 64


@function("digest", takes="ss?s", gives="string")
def _digest(text: str, algorithm: str, encoding: str = "base64") -> str:
    """The digest of a text, in Base64 or hexadecimal (ODK XForms, ``digest``)."""
    wanted_name = algorithm.strip().upper()
    name = _ALGORITHMS.get(wanted_name) or _ALGORITHMS.get(wanted_name.replace("SHA", "SHA-"))  # JavaRosa takes both
    if name is None:
        raise XPathError(UNKNOWN_ALGORITHM, function="digest", algorithm=algorithm)
    # MD5 and SHA-1 are what the specification names; nothing here relies on them for security.
    digest = hashlib.new(name, text.encode("utf-8"), usedforsecurity=False).digest()
    wanted = encoding.strip().lower()
    if wanted == "hex":
        return digest.hex()
    if wanted == "base64":
        return base64.b64encode(digest).decode("ascii")
    raise XPathError(UNKNOWN_ENCODING, function="digest", encoding=encoding)


@function("base64-decode", takes="s", gives="string")
def _base64_decode(text: str) -> str:
    """The text that was encoded, '' for anything that is not Base64 of UTF-8 (ODK XForms, ``base64-decode``)."""
    raw = _decoded(text)
    return "" if raw is None else raw.decode("utf-8", errors="replace")


@function("extract-signed", takes="ss", gives="string")
def _extract_signed(signed: str, public_key: str) -> str:
    """The text behind an Ed25519 signature, '' where the signature does not fit (ODK, ``extract-signed``).

    `signed` is Base64 of the 64 bytes of signature followed by the text; `public_key` is Base64 of 32 bytes.
    """
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 — heavy library, loaded on first use
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 — see above

    raw = _decoded(signed)
    key = _decoded(public_key)
    if raw is None or key is None or len(raw) < _SIGNATURE_BYTES:
        return ""
    content = raw[_SIGNATURE_BYTES:]
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(raw[:_SIGNATURE_BYTES], content)
    except (InvalidSignature, ValueError):
        return ""
    return content.decode("utf-8", errors="replace")


def _decoded(text: str) -> bytes | None:
    compact = "".join(text.split()).replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(compact + "=" * (-len(compact) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
