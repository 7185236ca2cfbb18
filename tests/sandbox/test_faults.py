"""Faults on purpose, as a client meets them on a real line; and the rules that say when."""

import json
from collections.abc import Iterator

import httpx
import pytest

from akson_tui.sandbox.faults import FaultsRefused, rules
from tests.sandbox.conftest import observation, patient
from tests.sandbox.faulty import Line, faulty

client = httpx.Client(timeout=10)


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    with faulty(tmp_path_factory.mktemp("faults") / "faults.toml", "--empty") as line:
        yield line
    client.close()


@pytest.fixture
def line(process: Line) -> Line:
    process.sound()
    assert httpx.put(process.base + "/Patient/a", json=patient("a", "Bakken")).status_code in (200, 201)
    return process


def count(line: Line) -> int:
    found: int = httpx.get(line.base + "/Observation?_summary=count").json()["total"]
    return found


def test_a_request_is_lost_before_it_was_heard(line: Line) -> None:
    before = count(line)
    line.fault(do="drop-request", method="POST")
    with pytest.raises(httpx.TransportError):
        client.post(line.base + "/Observation", json=observation("x", "a", "2026"))
    assert count(line) == before


def test_an_answer_is_lost_after_the_note_was_kept(line: Line) -> None:
    before = count(line)
    line.fault(do="drop-answer", method="POST")
    with pytest.raises(httpx.TransportError):
        client.post(line.base + "/Observation", json=observation("x", "a", "2026"))
    assert count(line) == before + 1


@pytest.mark.parametrize(("status", "again"), [(429, "7"), (503, "Wed, 25 Nov 2026 06:00:00 GMT"), (500, "")])
@pytest.mark.parametrize("after", [False, True])
def test_a_status_says_nothing_of_what_was_done(line: Line, status: int, again: str, after: bool) -> None:
    before = count(line)
    line.fault(do="status", method="POST", status=status, retry_after=again, after=after)
    answer = client.post(line.base + "/Observation", json=observation("x", "a", "2026"))
    assert (answer.status_code, answer.headers.get("retry-after", "")) == (status, again)
    assert answer.json()["resourceType"] == "OperationOutcome"
    assert count(line) == before + after


def test_a_body_is_cut_where_its_length_was_announced(line: Line) -> None:
    line.fault(do="cut-body", path="/fhir/Patient*")
    with pytest.raises(httpx.RemoteProtocolError):
        client.get(line.base + "/Patient/a")


def test_a_body_is_cut_and_nothing_tells_so(line: Line) -> None:
    line.fault(do="cut-body", bytes=20, announced=False)
    answer = client.get(line.base + "/Patient/a")
    assert (answer.status_code, len(answer.content)) == (200, 20)


def test_the_charset_is_none_or_another(line: Line) -> None:
    assert httpx.put(line.base + "/Patient/b", json=patient("b", "Østbø")).status_code in (200, 201)
    line.fault(do="charset", charset="bogus")
    answer = client.get(line.base + "/Patient/b")
    assert answer.headers["content-type"] == "application/fhir+json; charset=bogus"
    assert "Østbø".encode() in answer.content
    line.fault(do="charset", charset="iso-8859-1", recode=True)
    assert "Østbø".encode("latin-1") in client.get(line.base + "/Patient/b").content


def test_a_login_page_stands_where_json_should(line: Line) -> None:
    line.fault(do="html")
    answer = client.get(line.base + "/Patient/a")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "Logg inn" in answer.text
    line.fault(do="html", content_type="application/fhir+json")
    assert client.get(line.base + "/Patient/a").headers["content-type"] == "application/fhir+json"


def test_bytes_come_one_by_one(line: Line) -> None:
    line.fault(do="slow", seconds=0.0005)
    with client.stream("GET", line.base + "/Patient/a") as answer:
        parts = list(answer.iter_raw())
    assert len(parts) > 20
    assert json.loads(b"".join(parts))["id"] == "a"


def test_an_answer_is_late(line: Line) -> None:
    line.fault(do="delay", seconds=5)
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(line.base + "/Patient/a", timeout=0.2)
    line.fault(do="delay", seconds=0.01)
    assert client.get(line.base + "/Patient/a").status_code == 200


def test_it_sends_elsewhere(line: Line) -> None:
    line.fault(do="redirect", to="http://other.example/fhir/Patient/a")
    answer = client.get(line.base + "/Patient/a")
    assert (answer.status_code, answer.headers["location"]) == (307, "http://other.example/fhir/Patient/a")
    line.fault(do="redirect")
    with pytest.raises(httpx.TooManyRedirects):
        client.get(line.base + "/Patient/a", follow_redirects=True)


def test_the_etag_is_not_the_version(line: Line) -> None:
    line.fault(do="etag")
    answer = client.get(line.base + "/Patient/a")
    assert answer.headers.get_list("etag") == ['W/"999"']
    assert answer.json()["meta"]["versionId"] != "999"


def test_a_file_that_is_half_written_changes_nothing(line: Line) -> None:
    line.fault(do="status", status=503)
    assert client.get(line.base + "/Patient/a").status_code == 503
    line.write("[[fault]]\ndo = ")
    assert client.get(line.base + "/Patient/a").status_code == 503


def bitten(text: str, *asked: tuple[str, str]) -> list[str]:
    """What goes wrong with each request, by the first rule that bites."""
    import random

    listed, seed = rules(text)
    chance = random.Random(seed).random
    made = []
    for method, path in asked:
        hit = [rule.kind for rule in listed if rule.bites(method, path, chance)]
        made.append(hit[0] if hit else "")
    return made


POST, GET = ("POST", "/fhir/DocumentReference"), ("GET", "/fhir/Patient/a")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ('method = "post"', ["html", "", "html", ""]),
        ('method = ["GET", "POST"]', ["html"] * 4),
        ('path = "/fhir/Doc*"', ["html", "", "html", ""]),
        ('path = "/fhir/Patient"', [""] * 4),
        ('method = "POST"\nnth = 2', ["", "", "html", ""]),
        ("nth = [1, 4]", ["html", "", "", "html"]),
        ("first = 2\nlast = 3", ["", "html", "html", ""]),
        ("share = 0.0", [""] * 4),
    ],
)
def test_a_rule_says_which(row: str, expected: list[str]) -> None:
    assert bitten(f'[[fault]]\ndo = "html"\n{row}\n', POST, GET, POST, GET) == expected


def test_the_first_rule_decides_and_all_count() -> None:
    text = '[[fault]]\ndo = "html"\nnth = 1\n[[fault]]\ndo = "slow"\nnth = [1, 2]\n'
    assert bitten(text, GET, GET, GET) == ["html", "slow", ""]


def test_chance_is_the_seeds() -> None:
    text = 'seed = {}\n[[fault]]\ndo = "html"\nshare = 0.5\n'
    first = bitten(text.format(1), *[GET] * 200)
    assert first == bitten(text.format(1), *[GET] * 200) != bitten(text.format(2), *[GET] * 200)
    assert 70 < first.count("html") < 130


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('[[fault]]\ndo = "explode"', "do is one of"),
        ("[[fault]]", "do is one of"),
        ('[[fault]]\ndo = "html"\nseconds = 1', "no setting 'seconds'"),
        ('[[fault]]\ndo = "delay"\nseconds = "long"', "of type float"),
        ('[[fault]]\ndo = "html"\nnth = ["x"]', "not what it should be"),
        ('[[fault]]\ndo = "charset"\ncharset = "bogus"\nrecode = true', "recoded to 'bogus'"),
        ("fault = 3", "[[fault]] only"),
        ("other = 3", "not other"),
        ("[[fault]]\ndo = x\n", "at line 2"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(text: str, word: str) -> None:
    with pytest.raises(FaultsRefused) as refused:
        rules(text)
    assert word in str(refused.value)
