"""The language's syntax: what is in it, and how what is not is refused."""

from __future__ import annotations

import pytest

from reporting.errors import ExpressionError
from reporting.schema.expressions import Arithmetic, Call, Compare, Constant, Items, Logic, Name, Not, names, parse


def test_a_rule_is_read_into_a_tree() -> None:
    assert parse("a.b.c + 2 <= 10 and not blank(d)") == Logic(
        "and",
        (
            Compare("<=", Arithmetic("+", Name("a.b.c"), Constant(2)), Constant(10)),
            Not(Call("blank", (Name("d"),))),
        ),
    )


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("x in ('a', 'b')", Compare("in", Name("x"), Items(("a", "b")))),
        ("x not in ['a']", Compare("not in", Name("x"), Items(("a",)))),
        ("-3", Constant(-3)),
        ("True", Constant(True)),
        ("date('2000-12-12')", Call("date", (Constant("2000-12-12"),))),
        ("  a\n", Name("a")),
    ],
)
def test_each_form_of_expression_is_read(text: str, tree: object) -> None:
    assert parse(text) == tree


def test_names_are_listed_in_reading_order_with_those_inside_filters() -> None:
    tree = parse("not a and sum(t.c, d == this.e) - 1 > max(f, 0)")
    assert list(names(tree)) == ["a", "t.c", "d", "this.e", "f"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a <", "cannot read “a <” at column"),
        ("__import__('os').system('true')", "is not part of the language"),
        ("exec('x')", "there is no function “exec”; there are blank, known"),
        ("sum()", "sum() takes 1 to 2 arguments, not 0"),
        ("a < b < c", "Compare at column 1 is not part of the language"),
        ("a if b else c", "IfExp at column 1 is not part of the language"),
        ("[x for x in y]", "ListComp at column 1 is not part of the language"),
        ("lambda: 1", "Lambda at column 1 is not part of the language"),
        ("a ** 2", "BinOp at column 1 is not part of the language"),
        ("a in (b, 1)", "a list may hold only numbers and texts (column 7)"),
        ("f'{a}'", "JoinedStr at column 1 is not part of the language"),
        ("sum(a, key=b)", "Call at column 1 is not part of the language"),
        ("a().b", "Call at column 1 is not part of the language"),
        ("a is None", "Compare at column 1 is not part of the language"),
        ("None", "Constant at column 1 is not part of the language"),
        ("date('12 December 2000')", "date() takes a day written as '2008-12-31'"),
        ("date(a)", "date() takes a day written as '2008-12-31'"),
        ("a" + "\0", "cannot read"),
    ],
)
def test_what_is_outside_the_language_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert message in str(caught.value)
