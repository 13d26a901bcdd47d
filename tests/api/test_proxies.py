"""Whose word counts for where a request comes from."""

from __future__ import annotations

import pytest

from src.spark.api.proxies import TrustedProxies, household

OURS = ["10.0.0.0/8", "192.168.7.7", "fd00::/8"]


def seen(peer, forwarded="", scheme="", networks=OURS):
    """The address and the scheme that the application sees."""
    caught = {}

    def app(environ, start_response):
        caught.update(environ)
        return []

    environ = {"REMOTE_ADDR": peer, "wsgi.url_scheme": "http"}
    if forwarded:
        environ["HTTP_X_FORWARDED_FOR"] = forwarded
    if scheme:
        environ["HTTP_X_FORWARDED_PROTO"] = scheme
    TrustedProxies(app, networks)(environ, lambda *_: None)
    return caught["REMOTE_ADDR"], caught["wsgi.url_scheme"]


def test_a_known_proxy_says_who_asks_and_how():
    assert seen("10.1.2.3", "203.0.113.9", "https") == ("203.0.113.9", "https")
    assert seen("192.168.7.7", "2001:db8::1") == ("2001:db8::1", "http")
    assert seen("fd00::5", "203.0.113.9") == ("203.0.113.9", "http")
    assert seen("::ffff:10.1.2.3", "203.0.113.9") == ("203.0.113.9", "http")


@pytest.mark.parametrize("peer", ["203.0.113.9", "192.168.7.8", "::1", "", "unix:"])
def test_nobody_else_is_believed(peer):
    assert seen(peer, "198.51.100.1", "https") == (peer, "http")


def test_what_a_caller_wrote_before_our_proxies_counts_for_nothing():
    forged = "127.0.0.1, 10.9.9.9, 203.0.113.9"
    assert seen("10.1.2.3", forged) == ("203.0.113.9", "http")
    assert seen("10.1.2.3", "1.2.3.4, 203.0.113.9, 10.0.0.2") == ("203.0.113.9", "http")


@pytest.mark.parametrize("said", ["unknown", "203.0.113.9:443", "<script>", ",", "evil, unknown"])
def test_what_is_no_address_leaves_the_proxys_own(said):
    assert seen("10.1.2.3", said) == ("10.1.2.3", "http")


def test_a_proxy_that_names_only_proxies_is_the_caller_itself():
    assert seen("10.1.2.3", "10.0.0.9") == ("10.0.0.9", "http")


@pytest.mark.parametrize("scheme", ["javascript", "https, http", "HTTPS "])
def test_a_scheme_is_http_or_https(scheme):
    expected = "https" if scheme.strip().lower() == "https" else "http"
    assert seen("10.1.2.3", "203.0.113.9", scheme)[1] == expected


def test_a_subscriber_of_the_newer_protocol_is_one_caller():
    assert household("2001:db8:1:2:3::4") == household("2001:db8:1:2::9")
    assert household("2001:db8:1:3::9") != household("2001:db8:1:2::9")
    assert household("fe80::1%eth0") == "fe80::/64"
    assert household("203.0.113.9") == "203.0.113.9"
    assert household("::ffff:203.0.113.9") == "203.0.113.9"
    assert household("") == ""
