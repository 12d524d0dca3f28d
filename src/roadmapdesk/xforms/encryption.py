"""Encrypted records: what a form with a public key hands over, and how its owner reads it again.

Source: ODK XForms specification, "Encryption". CFB and MD5 are what that format is made of: the first needs no
authentication here because the signature covers every file, the second is never more than a check sum.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from lxml import etree

from roadmapdesk.errors import Message, RoadmapDeskError
from roadmapdesk.i18n import N_
from roadmapdesk.xforms.safe_xml import parse_xml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from cryptography.hazmat.decrepit.ciphers.modes import CFB
    from cryptography.hazmat.primitives.asymmetric.padding import OAEP
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.ciphers import Cipher

    from roadmapdesk.xforms.definition.form import FormDefinition
    from roadmapdesk.xforms.submission import Submission

BAD_KEY = Message("encryption.bad_key", N_("The form's public key cannot be read. The record was not encrypted."))
NO_KEY = Message("encryption.no_key", N_("The form has no public key."))
NO_IDENTITY = Message("encryption.no_identity", N_("A record without an identity cannot be encrypted."))
MISSING_FILE = Message("encryption.missing_file", N_("The file “{name}” of the record is not there."))
WRONG_KEY = Message("encryption.wrong_key", N_("The record cannot be read with this private key."))
BAD_PRIVATE_KEY = Message("encryption.bad_private_key", N_("The private key cannot be read."))
NOT_ENCRYPTED = Message("encryption.not_encrypted", N_("The document describes no encrypted record."))

SUBMISSIONS = "http://opendatakit.org/submissions"
OPENROSA = "http://openrosa.org/xforms"
RECORD_FILE = "submission.xml"
SUFFIX = ".enc"
_KEY_BYTES = 32
_BLOCK_BITS = 128


class EncryptionError(RoadmapDeskError, ValueError):
    """A record that cannot be encrypted, or cannot be read with the key that was given."""


@dataclass(frozen=True, slots=True)
class EncryptedSubmission:
    """A record that only the owner of the private key can read.

    Attributes:
        manifest: the document that a server takes as the submission; it names the files.
        files: name → encrypted bytes, media first, the record itself last.
    """

    manifest: bytes
    files: Mapping[str, bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class DecryptedSubmission:
    """A record read again.

    Attributes:
        xml: the record.
        media: name → bytes.
        is_intact: the signature fits everything that was read; False also where there is none.
    """

    xml: bytes
    media: Mapping[str, bytes] = field(repr=False)
    is_intact: bool


def public_key_of(definition: FormDefinition) -> str:
    """The form's public key as written, empty for a form whose records are not encrypted."""
    return definition.data["submission"].get("base64RsaPublicKey", "").strip()


def encrypt_submission(
    definition: FormDefinition, record: Submission, media: Mapping[str, bytes], *, key: bytes | None = None
) -> EncryptedSubmission:
    """Encrypts a record with the public key of its form.

    Args:
        definition: the form.
        record: the record.
        media: its files by name; those that `record` names must be there, others are left out.
        key: the key of this one record; a random one by default.

    Raises:
        EncryptionError: the form has no usable key, the record has no identity, or a file is missing.
    """
    public_key = _public_key(public_key_of(definition))
    if not record.instance_id:
        raise EncryptionError(NO_IDENTITY)
    missing = [name for name in record.media if name not in media]
    if missing:
        raise EncryptionError(MISSING_FILE, name=missing[0])
    secret = secrets.token_bytes(_KEY_BYTES) if key is None else key
    plain = {**{name: media[name] for name in record.media}, RECORD_FILE: record.xml}
    vectors = _vectors(record.instance_id, secret)
    files = {name + SUFFIX: _encrypted(secret, next(vectors), content) for name, content in plain.items()}
    encrypted_key = _text(public_key.encrypt(secret, _padding()))
    digest = _signed(definition.form_id, definition.version, encrypted_key, record.instance_id, plain)
    signature = _text(public_key.encrypt(digest, _padding()))
    return EncryptedSubmission(_manifest(definition, record, encrypted_key, signature), files)


def decrypt_submission(
    manifest: bytes, files: Mapping[str, bytes], private_key: bytes, password: bytes | None = None
) -> DecryptedSubmission:
    """Reads an encrypted record.

    Args:
        manifest: the manifest.
        files: encrypted files by name.
        private_key: the RSA key as PEM or DER.
        password: of the private key, where it has one.

    Raises:
        XmlError: the manifest is broken or hostile XML.
        EncryptionError: it is no manifest, a file is missing, or the key does not fit.
    """
    root = parse_xml(manifest)
    names = [_found(node.text) for node in root.iterfind(f"{{{SUBMISSIONS}}}media/{{{SUBMISSIONS}}}file")]
    record_name = _found(root.findtext(f"{{{SUBMISSIONS}}}encryptedXmlFile"))
    encrypted_key = _found(root.findtext(f"{{{SUBMISSIONS}}}base64EncryptedKey"))
    instance_id = _found(root.findtext(f"{{{OPENROSA}}}meta/{{{OPENROSA}}}instanceID"))
    if not (record_name and encrypted_key and instance_id):
        raise EncryptionError(NOT_ENCRYPTED)
    order = [*names, record_name]
    missing = [name for name in order if name not in files]
    if missing:
        raise EncryptionError(MISSING_FILE, name=missing[0])
    unlock = _unlocker(private_key, password)
    secret = unlock(encrypted_key)
    vectors = _vectors(instance_id, secret)
    plain = {name.removesuffix(SUFFIX): _decrypted(secret, next(vectors), files[name]) for name in order}
    signature = _found(root.findtext(f"{{{SUBMISSIONS}}}base64EncryptedElementSignature"))
    digest = _signed(root.get("id") or "", root.get("version") or "", encrypted_key, instance_id, plain)
    is_intact = bool(signature) and secrets.compare_digest(unlock(signature), digest)
    xml = plain.pop(record_name.removesuffix(SUFFIX))
    return DecryptedSubmission(xml, plain, is_intact)


def _manifest(definition: FormDefinition, record: Submission, encrypted_key: str, signature: str) -> bytes:
    scope = cast("dict[str, str]", {None: SUBMISSIONS, "orx": OPENROSA})  # lxml takes None for the default namespace
    root = etree.Element(f"{{{SUBMISSIONS}}}data", nsmap=scope)
    root.set("id", definition.form_id)
    if definition.version:
        root.set("version", definition.version)
    root.set("encrypted", "yes")
    etree.SubElement(root, f"{{{SUBMISSIONS}}}base64EncryptedKey").text = encrypted_key
    meta = etree.SubElement(root, f"{{{OPENROSA}}}meta")
    etree.SubElement(meta, f"{{{OPENROSA}}}instanceID").text = record.instance_id
    for name in record.media:
        media = etree.SubElement(root, f"{{{SUBMISSIONS}}}media")
        etree.SubElement(media, f"{{{SUBMISSIONS}}}file").text = name + SUFFIX
    etree.SubElement(root, f"{{{SUBMISSIONS}}}encryptedXmlFile").text = RECORD_FILE + SUFFIX
    etree.SubElement(root, f"{{{SUBMISSIONS}}}base64EncryptedElementSignature").text = signature
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _vectors(instance_id: str, secret: bytes) -> Iterator[bytes]:
    """The initialisation vectors of the files, in the order in which they are encrypted."""
    seed = bytearray(_md5(instance_id.encode("utf-8") + secret))
    counter = 0
    while True:
        place = counter % len(seed)
        seed[place] = (seed[place] + 1) % 256
        counter += 1
        yield bytes(seed)


def _signed(form_id: str, version: str, encrypted_key: str, instance_id: str, plain: Mapping[str, bytes]) -> bytes:
    """What the signature covers, as a check sum: form, key, record and the content of every file."""
    lines = [form_id, *([version] if version else []), encrypted_key, instance_id]
    lines += [f"{name}::{_md5(content).hex()}" for name, content in plain.items()]
    return _md5("".join(f"{line}\n" for line in lines).encode("utf-8"))


def _public_key(text: str) -> RSAPublicKey:
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 — heavy library, loaded on first use
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey  # noqa: PLC0415 — see above
    from cryptography.hazmat.primitives.serialization import load_der_public_key  # noqa: PLC0415 — see above

    if not text:
        raise EncryptionError(NO_KEY)
    lines = [line for line in text.split("\n") if not line.strip().startswith("-----")]
    try:
        key = load_der_public_key(base64.b64decode("".join("".join(lines).split()), validate=True))
    except (ValueError, binascii.Error, UnsupportedAlgorithm) as error:
        raise EncryptionError(BAD_KEY) from error
    if not isinstance(key, RSAPublicKey):
        raise EncryptionError(BAD_KEY)
    return key


def _unlocker(private_key: bytes, password: bytes | None) -> Callable[[str], bytes]:
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 — heavy library, loaded on first use
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 — see above
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey  # noqa: PLC0415 — see above

    is_text = private_key.lstrip().startswith(b"-----")
    load = serialization.load_pem_private_key if is_text else serialization.load_der_private_key
    try:
        key = load(private_key, password)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise EncryptionError(BAD_PRIVATE_KEY) from error
    if not isinstance(key, RSAPrivateKey):
        raise EncryptionError(BAD_PRIVATE_KEY)

    def unlock(text: str) -> bytes:
        try:
            return key.decrypt(base64.b64decode(text), _padding())
        except (ValueError, binascii.Error) as error:
            raise EncryptionError(WRONG_KEY) from error

    return unlock


def _padding() -> OAEP:
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 — heavy library, loaded on first use
    from cryptography.hazmat.primitives.asymmetric import padding  # noqa: PLC0415 — see above

    return padding.OAEP(mgf=padding.MGF1(algorithm=hashes.SHA256()), algorithm=hashes.SHA256(), label=None)


def _cipher(secret: bytes, vector: bytes) -> Cipher[CFB]:
    from cryptography.hazmat.decrepit.ciphers.modes import CFB  # noqa: PLC0415 — heavy library, loaded on first use
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms  # noqa: PLC0415 — see above

    return Cipher(algorithms.AES(secret), CFB(vector))


def _encrypted(secret: bytes, vector: bytes, content: bytes) -> bytes:
    from cryptography.hazmat.primitives.padding import PKCS7  # noqa: PLC0415 — heavy library, loaded on first use

    padder = PKCS7(_BLOCK_BITS).padder()
    writer = _cipher(secret, vector).encryptor()
    return writer.update(padder.update(content) + padder.finalize()) + writer.finalize()


def _decrypted(secret: bytes, vector: bytes, content: bytes) -> bytes:
    from cryptography.hazmat.primitives.padding import PKCS7  # noqa: PLC0415 — heavy library, loaded on first use

    reader = _cipher(secret, vector).decryptor()
    unpadder = PKCS7(_BLOCK_BITS).unpadder()
    try:
        return unpadder.update(reader.update(content) + reader.finalize()) + unpadder.finalize()
    except ValueError as error:
        raise EncryptionError(WRONG_KEY) from error


def _md5(content: bytes) -> bytes:
    return hashlib.md5(content, usedforsecurity=False).digest()


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _found(text: str | None) -> str:
    return "" if text is None else text.strip()
