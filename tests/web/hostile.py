"""What somebody sends who means harm, or whose program is broken: bodies, addresses and headers."""

import gzip
import json
from collections.abc import Iterator, Mapping

from tests.first_plan import EXAMPLE

PLAN = json.dumps(EXAMPLE)
DEEP = 100_000
LONG = 1_000_000
BOMB = gzip.compress(b" " * 50 * LONG)


def at(number: str) -> bytes:
    """The plan, its impressions written so."""
    return PLAN.replace("1000000", number).encode()


def named(name: str) -> bytes:
    """The plan as JSON, its name written so, quotes apart."""
    return PLAN.replace("First plan", name).encode()


JSON_BODIES: Mapping[str, bytes] = {
    "nothing": b"",
    "white space": b" " * LONG,
    "deep lists": b"[" * DEEP,
    "deep and closed": b"[" * DEEP + b"]" * DEEP,
    "deep mappings": b'{"a":' * DEEP,
    "deep in a line": PLAN.replace("1000000", "[" * 5_000 + "]" * 5_000).encode(),
    "1e999": at("1e999"),
    "-1e999": at("-1e999"),
    "a number with a long exponent": at("1e" + "9" * 5_000),
    "5,000 digits": at("9" * 5_000),
    "a million digits": at("1" * LONG),
    "5,000 digits after the point": at("1." + "3" * 5_000 + "x"),
    "5,000 digits with a unit": at('"' + "9" * 5_000 + ' M"'),
    "a million signs with a unit": at('"' + "-" * LONG + ' M"'),
    "a million spaces before a unit": at('"1' + " " * LONG + 'M"'),
    "a million dots": at('"' + "1." * (LONG // 2) + '"'),
    "NaN": at("NaN"),
    "a duplicate key": b'{"name": "a", "name": "b", "lines": []}',
    "a duplicate key, escaped": b'{"n\\u0061me": "a", "name": "b", "lines": []}',
    "a lone surrogate": named("\\ud800"),
    "surrogates the wrong way round": named("\\udc00\\ud800"),
    "a surrogate in bytes": named("@").replace(b"@", b"\xed\xa0\x80"),
    "a lone surrogate in a key": b'{"\\ud800": 1}',
    "NUL": b'{"name": "\x00"}',
    "NUL, escaped": named("\\u0000"),
    "NUL in an id": PLAN.replace("reels-1", "\\u0000").encode(),
    "NULs alone": b"\x00" * LONG,
    "no UTF-8": named("@").replace(b"@", b"\xff\xfe"),
    "overlong UTF-8": named("@").replace(b"@", b"\xc0\xaf"),
    "UTF-16": PLAN.encode("utf-16"),
    "UTF-32": PLAN.encode("utf-32-le"),
    "half a document": PLAN[:-10].encode(),
    "two documents": (PLAN + PLAN).encode(),
    "gzip": BOMB,
    "a million keys": b'{"a": {' + b",".join(b'"%d": 1' % n for n in range(100_000)) + b"}}",
    "keys that Python would hash alike": json.dumps({str(n * (2**61 - 1)): n for n in range(20_000)}).encode(),
    "a long key": b'{"' + b"k" * LONG + b'": 1}',
    "a long word": PLAN.replace("instagram", "i" * LONG).encode(),
    "a long country": PLAN.replace('"FR"', '"' + "F" * LONG + '"').encode(),
    "a long id": PLAN.replace("reels-1", "r" * LONG).encode(),
    "a long method": b'{"method": "' + b"m" * LONG + b'", "name": "n", "lines": []}',
    "code of Python": PLAN.replace("First plan", '", "__class__": "').encode(),
    "a list": b"[]",
    "null": b"null",
    "a number": b"1",
    "true": b"true",
    "lines that are no list": b'{"name": "n", "lines": {"0": {}}}',
    "many empty lines": b'{"name": "n", "lines": [' + b",".join([b"{}"] * 4_000) + b"]}",
    "many null lines": b'{"name": "n", "lines": [' + b",".join([b"null"] * 4_000) + b"]}",
    "more lines than are taken": b'{"name": "n", "lines": [' + b",".join([b"{}"] * 100_000) + b"]}",
    "a day that never was": PLAN.replace('"FR"', '"FR", "start": "2026-02-30", "end": "0000-00-00"').encode(),
}

YAML_BODIES: Mapping[str, bytes] = {
    "a billion laughs": b"a: &a [x, x]\n"
    + b"".join(b"%c: &%c [*%c, *%c]\n" % (n + 1, n + 1, n, n) for n in range(97, 121)),
    "an alias of itself": b"a: &a [*a]\n",
    "a merge of itself": b"a: &a {<<: *a}\n",
    "an object of Python": b"!!python/object/apply:os.system ['true']\n",
    "a tag": b"name: !secret x\n",
    "two documents": b"--- {}\n--- {}\n",
    "deep lists": b"[" * DEEP,
    "deep mappings": b"{a: " * DEEP,
    "deep dashes": b"- " * DEEP,
    "deep questions": b"? " * DEEP,
    "deep by indent": b"".join(b" " * n + b"a:\n" for n in range(1_500)),
    "half a mapping": b"{",
    "tabs": b"a:\n\t- b\n",
    "a directive": b"%YAML 9.9\n---\na\n",
    "a duplicate key": b"name: a\nname: b\n",
    "a list for a key": b"? [a]\n: b\n",
    "a sexagesimal": b"name: 1:30:00\nlines: 1_000\n",
    "a number with a long exponent": b"name: n\nlines: 1e" + b"9" * 5_000,
    "5,000 digits": b"name: n\nlines: " + b"9" * 5_000,
    "a long line of quotes": b"name: '" + b"''" * (LONG // 2),
    "a long key": b"k" * LONG + b": 1\n",
    "a NUL": b"name: a\x00b\n",
    "a lone surrogate": b'name: "\\ud800"\n',
    "a C1 control": "name: \x85\n".encode(),
    "a byte order mark inside": "name: a\ufeffb\nlines: []".encode(),
    "no UTF-8": b"name: \xff\n",
    "UTF-16": "name: n\n".encode("utf-16"),
    "gzip": BOMB,
    "a bang": b"!",
    "an anchor without a name": b"& a",
    "a star": b"*",
    "a block without an end": b"a: |9\n",
    "comments": b"# c\n" * (LONG // 4),
    "a document that says nothing": b"---\n...\n",
    "ends of documents": b"...\n" * 1_000,
}

HEADERS: Mapping[str, bytes] = {
    "gzip as it says": b"Content-Encoding: gzip",
    "gzip twice": b"Content-Encoding: gzip, gzip",
    "deflate": b"Content-Encoding: deflate",
    "UTF-7": b"Content-Type: application/json; charset=utf-7",
    "a charset with a NUL": b'Content-Type: application/json; charset="utf-8%00"',
    "multipart": b"Content-Type: multipart/form-data; boundary=" + b"b" * 1_000,
    "multipart without boundary": b"Content-Type: multipart/form-data",
    "a form": b"Content-Type: application/x-www-form-urlencoded",
    "no content type": b"Content-Type:",
}


def bodies() -> Iterator[tuple[str, str, bytes]]:
    """The name, media type and bytes of every body; JSON is YAML too, and neither is read any differently."""
    for name, body in JSON_BODIES.items():
        yield f"JSON, {name}", "application/json", body
        yield f"JSON as YAML, {name}", "application/yaml", body
    for name, body in YAML_BODIES.items():
        yield f"YAML, {name}", "application/yaml", body


HOST = b"Host: localhost\r\n"
TARGETS: Mapping[str, bytes] = {
    "two slashes": b"//v1/estimates",
    "another host": b"//example.org/v1/estimates",
    "a URL of another host": b"http://example.org/v1/estimates%00",
    "dots": b"/v1/../../etc/passwd",
    "dots, quoted": b"/v1/estimates/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "dots, quoted twice": b"/v1/estimates/%252e%252e%252f",
    "backslashes": b"/v1\\estimates\\..\\x",
    "NUL": b"/v1/estimates/%00",
    "NUL in a method's name": b"/v1/methods/%00",
    "NUL in a factor's name": b"/v1/factors/scope3%00",
    "NUL in a problem's name": b"/problems/%00",
    "no UTF-8": b"/v1/estimates/%ff%fe",
    "overlong UTF-8": b"/v1/estimates/%c0%ae%c0%ae",
    "half a quote": b"/v1/estimates/%",
    "a lone surrogate": b"/v1/factors/%ed%a0%80",
    "a parameter of the path": b"/v1/estimates;jsessionid=1",
    "line ends": b"/v1/estimates/%0d%0aSet-Cookie:%20a=b",
    "a formula": b"/v1/estimates/$%7Bjndi:ldap://127.0.0.1/a%7D",
    "SQL": b"/v1/estimates/est_'%20OR%201=1--",
    "a long id": b"/v1/estimates/est_" + b"0" * 3_000,
    "a long factor": b"/v1/factors/" + b"a." * 1_500,
    "a query of bytes": b"/v1/estimates?brand=%ff%fe",
    "a NUL in a query": b"/v1/estimates?brand=%00",
    "a surrogate in a query": b"/v1/factors?q=%ed%a0%80",
    "many arguments": b"/v1/estimates?" + b"a=1&" * 900,
    "an argument twice": b"/v1/estimates?limit=1&limit=2",
    "an endless limit": b"/v1/estimates?limit=" + b"9" * 3_000,
    "a limit in other digits": b"/v1/estimates?limit=%D9%A3",
    "a limit of NaN": b"/v1/estimates?limit=NaN",
    "a cursor with a NUL": b"/v1/estimates?cursor=%00",
    "a day that never was": b"/v1/estimates?from=2026-02-30",
    "a day beyond all": b"/v1/estimates?from=99999-01-01&to=0000-00-00",
    "a query for a query": b"/v1/estimates??a=b?c",
    "a star": b"*",
    "nothing": b"",
}
FIRST_LINES: Mapping[str, bytes] = {
    "HTTP/0.9": b"GET /\r\n\r\n",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 32 + b"\r\n\r\n",
    "CONNECT": b"CONNECT localhost:80 HTTP/1.1\r\n" + HOST + b"\r\n",
    "TRACE": b"TRACE /v1/estimates HTTP/1.1\r\n" + HOST + b"\r\n",
    "a long method": b"A" * 4_000 + b" / HTTP/1.1\r\n" + HOST + b"\r\n",
    "NULs": b"\x00" * 100 + b"\r\n\r\n",
    "spaces": b"GET  /  HTTP/1.1\r\n" + HOST + b"\r\n",
    "a line feed alone": b"GET /v1/nothing HTTP/1.1\nHost: localhost\n\n",
}
_GET = b"GET /v1/estimates/est_0 HTTP/1.1\r\n"
_POST = b"POST /v1/estimates HTTP/1.1\r\nContent-Type: application/json\r\n" + HOST
HEADS: Mapping[str, bytes] = {
    "no host": _GET + b"\r\n",
    "two hosts": _GET + HOST + HOST + b"\r\n",
    "an odd host": _GET + b"Host: a b@[::]:x/\r\n\r\n",
    "a host of bytes": _GET + b"Host: \xff\xfe\r\n\r\n",
    "a folded header": _GET + HOST + b"X-A: b\r\n c\r\n\r\n",
    "a NUL in a header": _GET + HOST + b"X-A: b\x00c\r\n\r\n",
    "a header of bytes": _GET + HOST + b"X-Request-Id: \xff\xfe\xed\xa0\x80\r\n\r\n",
    "a header without colon": _GET + HOST + b"nothing\r\n\r\n",
    "a space before the colon": _GET + HOST + b"Content-Length : 0\r\n\r\n",
    "length and chunks": _POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks twice": _POST + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
    "another coding": _POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "an unknown coding": _POST + b"Transfer-Encoding: x\r\n\r\n",
    "a hidden coding": _POST + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
    "an underscore": _POST + b"Transfer_Encoding: chunked\r\nContent-Length: 0\r\n\r\n",
    "a negative length": _POST + b"Content-Length: -1\r\n\r\n",
    "an endless length": _POST + b"Content-Length: " + b"9" * 4_000 + b"\r\n\r\n",
    "a length beyond all": _POST + b"Content-Length: 99999999999999999999\r\n\r\n",
    "a length with a sign": _POST + b"Content-Length: +5\r\n\r\n[1,2]",
    "a length in other digits": _POST + b"Content-Length: \xd9\xa3\r\n\r\n",
    "a chunk beyond all": _POST + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 100 + b"\r\n",
    "a negative chunk": _POST + b"Transfer-Encoding: chunked\r\n\r\n-5\r\n",
    "a chunk with a long remark": _POST + b"Transfer-Encoding: chunked\r\n\r\n1;" + b"a" * 100_000 + b"\r\n",
    "endless trailers": _POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\n" + b"X-A: b\r\n" * 20_000 + b"\r\n",
    "a name with a NUL": _POST + b"Idempotency-Key: a\x00b\r\nContent-Length: 0\r\n\r\n",
    "a name of bytes": _POST + b"Idempotency-Key: \xff\xfe\r\nContent-Length: 0\r\n\r\n",
    "a long name": _POST + b"Idempotency-Key: " + b"a" * 4_000 + b"\r\nContent-Length: 0\r\n\r\n",
    "two names": _POST + b"Idempotency-Key: a\r\nIdempotency-Key: b\r\nContent-Length: 0\r\n\r\n",
    "a key of bytes": _GET + HOST + b"Authorization: Bearer carbon_\xff\xfe\r\n\r\n",
    "an empty key": _GET + HOST + b"Authorization: Bearer \r\n\r\n",
    "a long key": _GET + HOST + b"Authorization: Bearer carbon_" + b"0" * 4_000 + b"\r\n\r\n",
    "two keys": _GET + HOST + b"Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n",
    "a password": _GET + HOST + b"Authorization: Basic \xff=\r\n\r\n",
    "odd tags": _GET + HOST + b'If-None-Match: W/"\xff, *, "\r\nIf-Match: ,,,"\r\n\r\n',
    "odd dates": _GET + HOST + b"If-Modified-Since: Thu, 99 Nov 99999 99:99:99 GMT\r\n\r\n",
    "odd ranges": _GET + HOST + b"Range: bytes=-1-,9-0,x\r\n\r\n",
    "odd tastes": _GET + HOST + b"Accept: */*;q=\xff, text/" + b"h" * 3_000 + b"\r\n\r\n",
    "odd tongues": _GET + HOST + b"Accept-Language: ;;;q=NaN,*-*\r\n\r\n",
    "a proxy's word": _GET + HOST + b"X-Forwarded-For: \xff\r\nX-Forwarded-Proto: javascript\r\n\r\n",
    "a path of the server's": _GET + HOST + b"SCRIPT_NAME: /a\r\nSCRIPT-NAME: /v1\r\nPATH-INFO: \xff\r\n\r\n",
    "another method": _POST + b"X-HTTP-Method-Override: DELETE\r\nContent-Length: 0\r\n\r\n",
    "cookies": _GET + HOST + b"Cookie: " + b"a=b;" * 1_500 + b"\r\n\r\n",
    "a trace": _GET + HOST + b"traceparent: 00-\xff-" + b"0" * 2_000 + b"\r\n\r\n",
    "an expectation": _POST + b"Expect: 100-continue, x\r\nContent-Length: 0\r\n\r\n",
    "an upgrade": _GET + HOST + b"Connection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: \xff\r\n\r\n",
}
