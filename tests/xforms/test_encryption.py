"""Encrypted records: what the specification writes down, byte by byte, and reading them again."""

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms
from cryptography.hazmat.primitives.ciphers.modes import ECB
from lxml import etree

from roadmapdesk.xforms.definition import FormDefinition
from roadmapdesk.xforms.encryption import (
    EncryptionError,
    decrypt_submission,
    encrypt_submission,
    public_key_of,
)
from roadmapdesk.xforms.session import FormSession

FORM = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:orx="http://openrosa.org/xforms" xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>T</h:title>'
    '<model><submission base64RsaPublicKey="{key}"/><instance><data id="visit" version="7"><name/><photo/><sound/>'
    "<orx:meta><orx:instanceID/></orx:meta></data></instance>"
    '<bind nodeset="/data/meta/instanceID" jr:preload="uid"/></model></h:head><h:body><input ref="/data/name"/>'
    '<upload ref="/data/photo" mediatype="image/*"/><upload ref="/data/sound" mediatype="audio/*"/></h:body></h:html>'
)
MEDIA = {"site.jpg": b"\x00\x01 picture" * 50, "talk.m4a": b""}


@pytest.fixture(scope="module")
def private_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="module")
def pem(private_key):
    return private_key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@pytest.fixture(scope="module")
def form(private_key):
    public = private_key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return FormDefinition.from_xml(FORM.replace("{key}", base64.b64encode(public).decode()))


@pytest.fixture
def record(form):
    session = FormSession(form)
    session.answer("/data/name", "Größe, 5 µm")
    session.answer("/data/photo", "site.jpg")
    session.answer("/data/sound", "talk.m4a")
    return session.to_submission()


def manual_cfb(key, vector, content):
    """AES in CFB mode with full blocks, from the block cipher alone."""
    found = b""
    for start in range(0, len(content), 16):
        block = Cipher(algorithms.AES(key), ECB()).encryptor().update(vector)
        part = bytes(a ^ b for a, b in zip(block, content[start : start + 16], strict=False))
        vector = content[start : start + 16]
        found += part
    return found[: -found[-1]]


def test_an_encrypted_record_is_what_the_specification_says(form, record, private_key):
    secret = bytes(range(32))
    sealed = encrypt_submission(form, record, MEDIA, key=secret)
    assert list(sealed.files) == ["site.jpg.enc", "talk.m4a.enc", "submission.xml.enc"]
    seed = bytearray(hashlib.md5(record.instance_id.encode() + secret).digest())
    for index, (name, content) in enumerate(sealed.files.items()):
        seed[index] = (seed[index] + 1) % 256
        plain = {**MEDIA, "submission.xml": record.xml}[name.removesuffix(".enc")]
        assert len(content) % 16 == 0
        assert len(content) > len(plain)
        assert manual_cfb(secret, bytes(seed), content) == plain
    root = etree.fromstring(sealed.manifest)
    space = "{http://opendatakit.org/submissions}"
    assert (root.tag, root.get("id"), root.get("version"), root.get("encrypted")) == (
        f"{space}data", "visit", "7", "yes",
    )  # fmt: skip
    assert root.findtext("{*}meta/{http://openrosa.org/xforms}instanceID") == record.instance_id
    oaep = padding.OAEP(mgf=padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None)
    key = root.findtext(f"{space}base64EncryptedKey")
    assert private_key.decrypt(base64.b64decode(key), oaep) == secret
    lines = ["visit", "7", key, record.instance_id]
    lines += [f"{name}::{hashlib.md5(content).hexdigest()}" for name, content in MEDIA.items()]
    lines += [f"submission.xml::{hashlib.md5(record.xml).hexdigest()}", ""]
    signature = base64.b64decode(root.findtext(f"{space}base64EncryptedElementSignature"))
    assert private_key.decrypt(signature, oaep) == hashlib.md5("\n".join(lines).encode()).digest()


def test_the_owner_of_the_key_reads_the_record_again(form, record, pem):
    sealed = encrypt_submission(form, record, MEDIA)
    read = decrypt_submission(sealed.manifest, sealed.files, pem)
    assert (read.xml, read.media, read.is_intact) == (record.xml, MEDIA, True)
    assert all(b"picture" not in content and b"visit" not in content for content in sealed.files.values())
    assert sealed.files != encrypt_submission(form, record, MEDIA).files


def test_a_file_that_was_exchanged_is_noticed(form, record, pem):
    secret = bytes(32)
    sealed = encrypt_submission(form, record, MEDIA, key=secret)
    other = encrypt_submission(form, record, {**MEDIA, "site.jpg": b"another"}, key=secret)
    forged = {**sealed.files, "site.jpg.enc": other.files["site.jpg.enc"]}
    assert decrypt_submission(sealed.manifest, forged, pem).is_intact is False


def test_another_key_reads_nothing(form, record):
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(b"open")
    )
    sealed = encrypt_submission(form, record, MEDIA)
    with pytest.raises(EncryptionError) as caught:
        decrypt_submission(sealed.manifest, sealed.files, stranger, b"open")
    assert caught.value.code == "encryption.wrong_key"
    with pytest.raises(EncryptionError) as caught:
        decrypt_submission(sealed.manifest, sealed.files, stranger, b"wrong")
    assert caught.value.code == "encryption.bad_private_key"


@pytest.mark.parametrize("key", ["MIIB", "no key at all", base64.b64encode(b"x" * 300).decode()])
def test_a_record_is_never_written_with_a_broken_key(key, record):
    form = FormDefinition.from_xml(FORM.replace("{key}", key))
    assert public_key_of(form) == key
    with pytest.raises(EncryptionError) as caught:
        encrypt_submission(form, record, MEDIA)
    assert caught.value.code == "encryption.bad_key"


def test_files_that_are_not_there_are_named(form, record, pem):
    with pytest.raises(EncryptionError, match=r"talk\.m4a"):
        encrypt_submission(form, record, {"site.jpg": b""})
    sealed = encrypt_submission(form, record, MEDIA)
    with pytest.raises(EncryptionError, match=r"site\.jpg\.enc"):
        decrypt_submission(sealed.manifest, {"submission.xml.enc": b""}, pem)
    with pytest.raises(EncryptionError) as caught:
        decrypt_submission(record.xml, {}, pem)
    assert caught.value.code == "encryption.not_encrypted"
