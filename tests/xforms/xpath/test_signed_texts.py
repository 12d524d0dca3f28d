"""`extract-signed`: the text comes out only where the signature fits it."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from roadmapdesk.xforms.tree_reading import parse_document
from roadmapdesk.xforms.xpath import Context, compile_expression

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = base64.b64encode(KEY.public_key().public_bytes_raw()).decode()


def signed(content):
    return KEY.sign(content) + content


def extracted(text, key=PUBLIC):
    context = Context(parse_document("<data/>").element)
    return compile_expression(f"extract-signed('{text}', '{key}')").string(context)


def encoded(raw):
    return base64.b64encode(raw).decode()


@pytest.mark.parametrize("content", ["", "north", "Größe 5 µm\nzweite Zeile", "x" * 10_000])
def test_a_signed_text_comes_out(content):
    assert extracted(encoded(signed(content.encode()))) == content


def test_line_breaks_missing_padding_and_the_alphabet_of_addresses_are_read():
    raw = signed("höhe?>".encode())
    text = base64.urlsafe_b64encode(raw).decode().rstrip("=")
    assert extracted(f" {text[:20]}\n{text[20:]} ") == "höhe?>"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (encoded(signed(b"north")[:-1] + b"x"), PUBLIC),
        (encoded(b"\0" + signed(b"north")[1:]), PUBLIC),
        (encoded(signed(b"north")[:63]), PUBLIC),
        ("", PUBLIC),
        ("no base64 at all!", PUBLIC),
        (encoded(signed(b"north")), encoded(bytes(32))),
        (encoded(signed(b"north")), encoded(bytes(31))),
        (encoded(signed(b"north")), ""),
        (encoded(signed(b"north")), "@@@"),
        ("größe", PUBLIC),
    ],
    ids=["text", "signature", "short", "empty", "words", "other-key", "short-key", "no-key", "bad-key", "letters"],
)
def test_anything_else_gives_an_empty_text(text, key):
    assert extracted(text, key) == ""


def test_a_signed_text_that_is_no_unicode_does_not_fail():
    assert extracted(encoded(signed(b"a\xff"))) == "a\ufffd"
