"""The files beside nginx.conf: plain and HTTPS, on bare machines and among containers."""

from __future__ import annotations

import re
import socket
import ssl
import subprocess
from datetime import UTC, datetime, timedelta
from http.client import HTTPSConnection
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from ..servers import REPOSITORY, free_port, nginx_command, nginx_server
from .machines import PATIENCE, ask, machine
from .names import names

DEPLOY = REPOSITORY / "deploy"
TEMPORARY = "".join(
    f"{kind}_temp_path {kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
)


def moved(name, *ports):
    """A shipped site file, listening where we may and writing below the prefix."""
    text = (DEPLOY / name).read_text(encoding="utf-8")
    text = re.sub(r"listen \[::\]:.*\n", "", text)
    for shipped, port in zip((80, 443), ports, strict=False):
        text = re.sub(rf"listen {shipped}\b", f"listen 127.0.0.1:{port}", text)
    return text.replace("/var/log/nginx/", "").replace("/etc/nginx/tls/", "tls/") + TEMPORARY


def mine():
    """The shipped main.conf, for whoever runs this test."""
    text = (DEPLOY / "main.conf").read_text(encoding="utf-8")
    # Without rights nginx can be nobody else, and warns where it is told to.
    text = re.sub(r"^user \S+;", "", text, flags=re.MULTILINE)
    return text.replace("/var/log/nginx/", "")


def certificate(folder):
    """A certificate for this machine that nobody signed but itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    yesterday = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(yesterday)
        .not_valid_after(yesterday + timedelta(days=9))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    folder.mkdir(parents=True)
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


@pytest.fixture
def tls_folder(tmp_path):
    certificate(tmp_path / "nginx" / "tls")
    return tmp_path


@pytest.mark.parametrize("name", ["site.conf", "nginx.tls.conf"])
def test_nginx_finds_nothing_wrong_with_the_files_as_they_are(tls_folder, name):
    files = {"site.conf": moved(name, free_port(), free_port()), "main.conf": mine()}
    checked = subprocess.run(
        [*nginx_command(tls_folder, files), "-t"], capture_output=True, text=True, timeout=60
    )
    assert checked.returncode == 0, checked.stderr
    # A warning is something to mend before it is an error.
    assert re.findall(r"\[(\w+)\]", checked.stderr) == []


def test_the_plain_site_serves(tmp_path):
    port = free_port()
    with (
        machine() as only,
        nginx_server(
            tmp_path, [only.port], port, files={"site.conf": moved("site.conf", port)}
        ) as base,
    ):
        assert ask(base, "GET", "/api/health")[0] == 200


def test_https_is_served_and_plain_http_is_sent_there(tls_folder):
    plain, secure = free_port(), free_port()
    files = {"site.conf": moved("nginx.tls.conf", plain, secure)}
    trusting = ssl.create_default_context(cafile=tls_folder / "nginx" / "tls" / "fullchain.pem")
    with machine() as only, nginx_server(tls_folder, [only.port], plain, files=files) as base:
        status, headers, _ = ask(
            base, "POST", "/api/chat/send?a=1", b"{}", Host="spark.example.com"
        )
        connection = HTTPSConnection("127.0.0.1", secure, context=trusting, timeout=PATIENCE)
        connection.request("GET", "/api/health")
        assert connection.getresponse().read() == b'{"ok": true}'
        connection.close()
    assert (status, headers["location"]) == (308, "https://spark.example.com/api/chat/send?a=1")
    assert [a.headers["x-forwarded-proto"] for a in only.arrivals] == ["https"]
    assert only.arrivals[0].headers["host"] == f"127.0.0.1:{secure}"


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_old_protocols_are_refused(tls_folder, version):
    plain, secure = free_port(), free_port()
    files = {"site.conf": moved("nginx.tls.conf", plain, secure)}
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.set_ciphers("ALL:@SECLEVEL=0")
    old.minimum_version = old.maximum_version = version
    with (
        nginx_server(tls_folder, [free_port()], plain, files=files),
        socket.create_connection(("127.0.0.1", secure), PATIENCE) as bare,
        pytest.raises(ssl.SSLError),
    ):
        old.wrap_socket(bare)


def test_among_containers_requests_follow_the_name_service(tmp_path):
    """As with `docker compose up --scale api=2`: replicas come and go, nginx stays."""
    port = free_port()
    shipped = (DEPLOY / "compose.upstream.conf").read_text(encoding="utf-8")
    assert "resolver 127.0.0.11 " in shipped
    assert "default api:5000;" in shipped
    with (
        names("127.0.0.1", "127.0.0.2") as service,
        machine() as first,
        machine(host="127.0.0.2", port=first.port) as second,
    ):
        ours = shipped.replace("127.0.0.11", f"127.0.0.1:{service.port}")
        ours = ours.replace("api:5000", f"api:{first.port}")
        with nginx_server(tmp_path, [], port, files={"upstream.conf": ours}) as base:
            answers = [ask(base, "POST", "/api/chat/send", b"{}")[0] for _ in range(30)]
            assert answers == [200] * 30
            assert len(first.arrivals) + len(second.arrivals) == 30
            assert first.arrivals
            assert second.arrivals
            second.shutdown()
            second.server_close()
            answers = [ask(base, "POST", "/api/chat/send", b"{}")[0] for _ in range(30)]
    assert answers == [200] * 30
    assert set(service.asked) == {"api"}
