"""Statements are carried out to their end, whatever is read of them."""

from __future__ import annotations

import apsw

from akson_tui.store.sql import first, insert, select, value


def test_rows_the_first_of_them_one_value_and_a_new_rows_number() -> None:
    connection = apsw.Connection(":memory:")
    connection.execute("CREATE TABLE t (n INTEGER PRIMARY KEY, a TEXT)")
    assert [insert(connection, "INSERT INTO t (a) VALUES (?)", (letter,)) for letter in "abc"] == [1, 2, 3]
    assert select(connection, "SELECT a FROM t WHERE n > :n ORDER BY n", {"n": 1}) == [("b",), ("c",)]
    assert first(connection, "SELECT n, a FROM t ORDER BY n") == (1, "a")
    assert first(connection, "SELECT n FROM t WHERE n = 9") is None
    assert value(connection, "SELECT a FROM t WHERE n = 2") == "b"
    assert value(connection, "SELECT a FROM t WHERE n = 9", otherwise="none") == "none"


def test_a_change_that_returns_rows_is_made_for_all_of_them() -> None:
    connection = apsw.Connection(":memory:")
    connection.execute("CREATE TABLE t (n INTEGER PRIMARY KEY); INSERT INTO t VALUES (1), (2), (3)")
    assert value(connection, "DELETE FROM t RETURNING n") == 1
    assert select(connection, "SELECT n FROM t") == []
