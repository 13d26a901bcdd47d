"""What Prometheus and Grafana are handed loads there, and speaks of what is really counted."""

from __future__ import annotations

import json
import re
import subprocess
import threading
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families
from werkzeug.serving import make_server

from .engines import model_app
from .samples import INTERVIEWS, SEED_IDEA
from .servers import free_port, program, running
from .upstream import Scenario, upstream

DEPLOY = Path(__file__).parents[1] / "deploy"
RULES = DEPLOY / "prometheus" / "alerts.yml"
OF_PROMETHEUS = {"job", "instance"}
GRAFANA = {"$__rate_interval": "1m", "$job": ".+", "$instance": ".+"}


def dashboard():
    return json.loads((DEPLOY / "grafana" / "dashboard.json").read_text(encoding="utf-8"))


def targets():
    return [target for panel in dashboard()["panels"] for target in panel["targets"]]


def queries():
    """The dashboard's queries as Grafana would ask them."""
    asked = [target["expr"] for target in targets()]
    for name, value in GRAFANA.items():
        asked = [query.replace(name, value) for query in asked]
    return asked


def rules():
    groups = yaml.safe_load(RULES.read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def promtool(*arguments, folder=DEPLOY / "prometheus"):
    return subprocess.run(
        [program("promtool"), *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.fixture(scope="module")
def server():
    with upstream() as standin:
        yield standin


@pytest.fixture(scope="module")
def served(server, tmp_path_factory):
    """An app that was talked to, on a port of its own; its address."""
    app = model_app(tmp_path_factory.mktemp("served"), server, LOG_FILE="")
    listener = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=listener.serve_forever)
    thread.start()
    yield f"127.0.0.1:{listener.server_port}"
    listener.shutdown()
    thread.join()
    listener.server_close()


def talk(address, server):
    """One of everything that is counted: answers, failures, streams, pictures."""
    ask(address, "/api/chat/stream", {"message": INTERVIEWS["zh"][0]})
    server.next(Scenario(fault="server_error"))
    ask(address, "/api/content/story/generate", {"user_idea": SEED_IDEA})
    ask(address, "/api/content/characters/generate", {"user_idea": SEED_IDEA})
    ask(address, "/api/projects")
    ask(address, "/api/nothing")


def ask(address, path, body=None):
    headers = {"Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"http://{address}{path}", data, headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.read()


@pytest.fixture(scope="module")
def scraped(served, server):
    """The labels of every series that a scrape names, by its name."""
    talk(served, server)
    text = ask(served, "/metrics").decode()
    labels = {"up": set()}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels.setdefault(sample.name, set()).update(sample.labels)
    return labels


# --- it loads ---


def test_prometheus_takes_the_alerts():
    checked = promtool("check", "rules", RULES)
    assert checked.returncode == 0, checked.stderr


def test_prometheus_takes_the_configuration():
    checked = promtool("check", "config", "prometheus.yml")
    assert checked.returncode == 0, checked.stderr
    assert "1 rule files found" in checked.stdout


def test_every_alert_fires_when_it_has_to_and_not_before():
    tests = (DEPLOY / "prometheus" / "alerts_test.yml").read_text(encoding="utf-8")
    checked = promtool("test", "rules", "alerts_test.yml")
    assert checked.returncode == 0, checked.stderr + checked.stdout
    cases = [case for test in yaml.safe_load(tests)["tests"] for case in test["alert_rule_test"]]
    names = {rule["alert"] for rule in rules()}
    assert {case["alertname"] for case in cases if case["exp_alerts"]} == names
    assert {case["alertname"] for case in cases if not case["exp_alerts"]} == names


def test_every_query_of_the_dashboard_can_be_read(tmp_path):
    recorded = [{"record": f"q:{n}", "expr": query} for n, query in enumerate(queries())]
    wrapped = {"groups": [{"name": "dashboard", "rules": recorded}]}
    (tmp_path / "dashboard.yml").write_text(yaml.safe_dump(wrapped), encoding="utf-8")
    checked = promtool("check", "rules", tmp_path / "dashboard.yml")
    assert checked.returncode == 0, checked.stderr
    assert f"{len(recorded)} rules found" in checked.stdout


# --- it speaks of what there is ---


def names_in(query):
    return set(re.findall(r"\b(?:spark_\w+|up)\b(?=[{\[) ]|$)", query))


def labels_in(query):
    """The labels that a query selects by, and those that it keeps."""
    selected = re.findall(r"(\w+)\s*(?:=~|!~|!=|=)\s*\"", query)
    kept = [name for found in re.findall(r"by \(([^)]*)\)", query) for name in found.split(",")]
    return {*selected, *(name.strip() for name in kept)}


@pytest.mark.parametrize("query", [*queries(), *(rule["expr"] for rule in rules())])
def test_a_query_knows_only_what_is_scraped(query, scraped):
    names = names_in(query)
    assert names
    assert names <= scraped.keys()
    assert labels_in(query) <= OF_PROMETHEUS.union(*(scraped[name] for name in names))


@pytest.mark.parametrize("target", targets(), ids=lambda target: target["expr"][:40])
def test_a_legend_names_labels_that_its_query_keeps(target):
    named = set(re.findall(r"{{(\w+)}}", target["legendFormat"]))
    kept = {
        name
        for found in re.findall(r"by \(([^)]*)\)", target["expr"])
        for name in found.split(", ")
    }
    assert named <= kept


def test_everything_that_is_counted_is_on_the_dashboard(scraped):
    shown = set().union(*(names_in(query) for query in queries()))
    families = {re.sub(r"_(bucket|sum|count)$", "", name) for name in scraped}
    assert {re.sub(r"_(bucket|sum|count)$", "", name) for name in shown} == families


def test_the_panels_do_not_lie_on_each_other_and_have_ids_of_their_own():
    panels = dashboard()["panels"]
    places = [
        (x, y)
        for place in (panel["gridPos"] for panel in panels)
        for x in range(place["x"], place["x"] + place["w"])
        for y in range(place["y"], place["y"] + place["h"])
    ]
    assert len(places) == len(set(places))
    assert max(x for x, _ in places) < 24
    assert len({panel["id"] for panel in panels}) == len(panels)


# --- a real Prometheus ---


@pytest.fixture(scope="module")
def prometheus(served, tmp_path_factory):
    """A real Prometheus with the project's configuration, in a hurry; its address."""
    folder, port = tmp_path_factory.mktemp("prometheus"), free_port()
    config = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_text("utf-8"))
    config["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
    config["scrape_configs"][0]["static_configs"] = [{"targets": [served]}]
    (folder / "prometheus.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (folder / "alerts.yml").write_bytes(RULES.read_bytes())
    command = [
        program("prometheus"),
        f"--config.file={folder / 'prometheus.yml'}",
        f"--storage.tsdb.path={folder / 'data'}",
        f"--web.listen-address=127.0.0.1:{port}",
    ]
    with running(command, port, folder / "prometheus.log"):
        yield f"127.0.0.1:{port}"


def told(address, path, **arguments):
    answer = json.loads(ask(address, f"/api/v1/{path}?{urllib.parse.urlencode(arguments)}"))
    assert answer["status"] == "success", answer
    return answer["data"]


def unanswered(prometheus, queries):
    """The queries to which there is no number yet."""
    return [
        query
        for query in queries
        if not any(
            series["value"][1] != "NaN"
            for series in told(prometheus, "query", query=query)["result"]
        )
    ]


def test_a_real_prometheus_answers_every_query_and_knows_every_alert(served, server, prometheus):
    patience, left = threading.Event(), queries()
    for _ in range(90):
        talk(served, server)
        if not (left := unanswered(prometheus, left)):
            break
        patience.wait(1)
    assert left == []
    groups = told(prometheus, "rules")["groups"]
    loaded = [rule for group in groups for rule in group["rules"]]
    assert {rule["name"] for rule in loaded} == {rule["alert"] for rule in rules()}
    assert {rule["health"] for rule in loaded} <= {"ok", "unknown"}
    (target,) = told(prometheus, "targets")["activeTargets"]
    assert (target["health"], target["lastError"]) == ("up", "")
