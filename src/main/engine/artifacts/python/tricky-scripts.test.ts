import { expect, test } from 'vitest';
import { interfaceOf } from './interface.ts';
import { parsePython } from './syntax/parse-module.ts';

/** The inputs without their origins, what is required, and what is said not to be known. */
function read(script: string) {
  const { inputs, problems } = interfaceOf({ module: parsePython(script), file: 'x.py' });
  const ports = Object.entries(inputs.properties).map(([name, { 'x-origin': _origin, ...schema }]) => [name, schema]);
  return {
    ports: Object.fromEntries(ports) as Record<string, unknown>,
    required: inputs.required,
    said: problems.map(({ message }) => message),
  };
}

test('models of all kinds, limits, tuples and names that only running would tell', () => {
  const { ports, required, said } = read(`from __future__ import annotations
import os, sys
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import TypedDict, NotRequired, Annotated, Literal, Optional, Union
import typing as t
from pydantic import BaseModel, Field, conint, constr, SecretStr
from os import environ, getenv

class Size(StrEnum):
    SMALL = "small"
    LARGE = "large"

class Level(int, Enum):
    low = 1
    high = 2

@dataclass(frozen=True, kw_only=True)
class Net:
    cidr: str
    zones: list[str] = field(default_factory=list)
    size: Size = Size.SMALL
    level: "Level" = Level.low

class Tags(TypedDict, total=False):
    team: t.Required[str]
    env: str

class Db(BaseModel):
    name: constr(min_length=3, pattern=r"^[a-z]+$")
    port: conint(gt=0, lt=65536) = 5432
    ratio: Annotated[float, Field(gt=0, le=1, description="A part")] = 0.5
    password: SecretStr
    replicas: int = Field(default=1, ge=1)
    tags: dict[str, str] = Field(default_factory=dict)
    parent: Db | None = None

class Result(TypedDict):
    id: str
    urls: list[str]

TOKEN = os.environ["TOKEN"]
REGION = getenv("REGION", "eu-west-1")
ZONE = environ.get("ZONE")
COUNT = int(os.environ.get("COUNT", "3"))

def main(name: str, net: Net, tags: Tags, db: Db, size: Size = Size.LARGE, mode: Literal["a", "b"] = "a",
         pair: tuple[str, int] = ("x", 1), maybe: Optional[int] = None, either: Union[int, str] = 3, many: t.Sequence[int] = (), *, flag: bool = False, **rest) -> Result:
    """Makes it.

    Args:
        name: The name
          of it.
        flag (bool): Whether.
    """
    secret = os.environ.get("DB_PASSWORD", default="")
    for key in ["A", "B"]:
        print(os.environ[key])
    return {"id": name, "urls": []}

if __name__ == "__main__":
    main(**json.loads(sys.argv[1]))
`);
  expect(required).toEqual(['name', 'net', 'tags', 'db', 'TOKEN']);
  expect(ports).toMatchObject({
    name: { type: 'string', description: 'The name of it.' },
    net: {
      properties: {
        zones: { type: 'array', items: { type: 'string' } },
        size: { enum: ['small', 'large'], default: 'small' },
        level: { type: 'integer', enum: [1, 2], default: 1 },
      },
      required: ['cidr'],
    },
    tags: { required: ['team'] },
    db: {
      properties: {
        name: { type: 'string', pattern: '^[a-z]+$', minLength: 3 },
        port: { type: 'integer', exclusiveMinimum: 0, exclusiveMaximum: 65_536, default: 5432 },
        ratio: { type: 'number', exclusiveMinimum: 0, maximum: 1 },
        password: { type: 'string', 'x-sensitive': true },
        replicas: { type: 'integer', minimum: 1, default: 1 },
      },
      required: ['name', 'password'],
    },
    pair: { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], minItems: 2, maxItems: 2 },
    maybe: { type: 'integer' },
    COUNT: { type: 'string', default: '3' },
  });
  expect(said).toEqual([
    'x.py reads its arguments itself: there may be more inputs than are listed.',
    'main() of x.py takes more than it names: *args or **kwargs.',
    'x.py reads environment variables whose names only running it would tell.',
  ]);
});

test('parsers with ranges, switches, commands without options, and options whose names are put together', () => {
  const { ports, required, said } = read(`import argparse, getpass
from pathlib import Path
SIZES = ("small", "large")
def build():
    parser = argparse.ArgumentParser(description="Two")
    parser.add_argument("source", type=Path, help="Where %(default)s")
    parser.add_argument("rest", nargs="*")
    parser.add_argument("-n", "--number", dest="count", type=int, default=3, choices=range(1, 5))
    parser.add_argument("--size", choices=SIZES, required=True)
    parser.add_argument("--ratio", type=float)
    parser.add_argument("--when", type=lambda s: parse(s))
    parser.add_argument("--password")
    parser.add_argument("-v", action="count", default=0)
    parser.add_argument("--tag", action="append", default=[])
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("--no-cache", dest="cache", action="store_false")
    parser.add_argument("--version", action="version", version="1")
    parser.add_argument("--const", action="store_const", const=5, default=0)
    group = parser.add_mutually_exclusive_group(required=True)
    group.add_argument("--a")
    group.add_argument("--b")
    for extra in ["x", "y"]:
        parser.add_argument(f"--{extra}")
    parser.add_argument(*NAMES, **OPTIONS)
    subs = parser.add_subparsers(dest="action", required=True)
    up = subs.add_parser("up")
    up.add_argument("--wait", type=int)
    subs.add_parser("down").add_argument("--force", action="store_true")
    return parser
def main() -> dict[str, int]:
    args = build().parse_args()
    return {"count": 1}
if __name__ == "__main__": main()
`);
  expect(required).toEqual(['command', 'source', 'size']);
  expect(Object.keys(ports)).not.toContain('version');
  expect(ports).toMatchObject({
    command: { enum: ['up', 'down'] },
    count: { type: 'integer', minimum: 1, maximum: 4, default: 3 },
    a: { 'x-conditions': ['One of a, b is given, and only one.'] },
    const: { type: 'boolean' },
    cache: { type: 'boolean', default: true },
    wait: { 'x-conditions': ['Only with the command up.'] },
    force: { 'x-conditions': ['Only with the command down.'] },
  });
  expect(said).toEqual([
    'x.py declares options whose names only running it would tell: there are more inputs than are listed.',
    'The type of when (x.py:11) cannot be told without running the script.',
  ]);
});

test('commands of click where typer is imported as well, with the options of their group', () => {
  const { ports, required, said } = read(`import click
import typer
from typing_extensions import Annotated
from typing import List
@click.group()
@click.option("--profile", envvar="AWS_PROFILE")
def cli(profile): ...
@cli.command("make-it")
@click.argument("names", nargs=-1, required=True)
@click.option("--size/--no-size", default=True)
@click.option("--kind", type=click.Choice(["a", "b"], case_sensitive=False), default="a", show_default=True)
@click.option("--count", "-c", "how_many", type=click.IntRange(1, 10), default=2)
@click.option("--token", prompt=True, hide_input=True)
@click.option("--out", type=click.File("w"))
@click.option("--point", type=(int, int))
@click.option("--yes", is_flag=True)
@click.password_option()
@click.pass_context
def make(ctx, names, size, kind, how_many, token, out, point, yes, password):
    """Makes."""
@cli.command()
def clean(): ...
`);
  expect(required).toEqual(['command']);
  expect(ports).toMatchObject({
    command: { enum: ['make-it', 'clean'] },
    profile: { type: 'string', description: 'Where it is not given, the environment variable AWS_PROFILE is read.' },
    how_many: { type: 'integer', minimum: 1, maximum: 10, default: 2 },
    token: { 'x-sensitive': true },
    password: { type: 'string', 'x-sensitive': true },
    size: { type: 'boolean', default: true },
  });
  expect(said).toEqual(['The type of point (x.py:15) cannot be told without running the script.']);
});

test('settings that are read from variables with a prefix', () => {
  const { ports, required } = read(`from pydantic_settings import BaseSettings
class Settings(BaseSettings):
    db_url: str
    debug: bool = False
    model_config = {"env_prefix": "APP_"}
def main():
    s = Settings()
    print(s)
main()
`);
  expect(ports).toMatchObject({ APP_DB_URL: { type: 'string' }, APP_DEBUG: { type: 'boolean', default: false } });
  expect(required).toEqual(['APP_DB_URL']);
});

test('groups of parsers, those of which only one is taken, and commands of commands', () => {
  const { ports, required } = read(`import argparse as ap
def common(p):
    g = p.add_argument_group("common")
    g.add_argument("--region", required=True)
class App:
    def __init__(self):
        self.parser = ap.ArgumentParser()
        self.subs = self.parser.add_subparsers(dest="what")
    def fill(self):
        db = self.subs.add_parser("db")
        group = db.add_argument_group("Where")
        group.add_argument("--host", required=True)
        group = group.add_mutually_exclusive_group()
        group.add_argument("--user")
        group.add_argument("--role")
        group = db.add_mutually_exclusive_group(required=True)
        group.add_argument("--only")
        inner = db.add_subparsers()
        up = inner.add_parser("migrate")
        up.add_argument("--to", type=int)
        self.subs.add_parser("web").add_argument_group("x").add_argument("--port", type=int)
        self.parser.add_mutually_exclusive_group(required=True).add_argument("--one")
def other():
    db = ap.ArgumentParser()
    db.add_argument("--plain")
`);
  expect(ports).toEqual({
    command: { type: 'string', enum: ['db', 'db migrate', 'web'], description: 'Which command is run.' },
    region: { type: 'string' },
    host: { type: 'string', 'x-conditions': ['Only with the command db.'] },
    user: { type: 'string', 'x-conditions': ['Only one of user, role may be given.', 'Only with the command db.'] },
    role: { type: 'string', 'x-conditions': ['Only one of user, role may be given.', 'Only with the command db.'] },
    only: { type: 'string', 'x-conditions': ['Only with the command db.'] },
    to: { type: 'integer', 'x-conditions': ['Only with the command db migrate.'] },
    port: { type: 'integer', 'x-conditions': ['Only with the command web.'] },
    one: { type: 'string' },
    plain: { type: 'string' },
  });
  expect(required).toEqual(['command', 'region', 'one']);
});

test('variables of the environment under names of their own, and none that only look so', () => {
  const { ports, required, said } = read(`import os as o
import os.path
from os import environ as env, getenv as get
from .settings import environ
e = o.environ
A = o.environ["A"]
B = o.getenv("B", default="b")
C = env.get("C", "c")
D = get(key="D")
E = e["E"]
F = os.environ.pop("F", None)
G = environ["G"]
def handle(getenv, mine):
    getenv("H")
    mine.environ.get("I")
    return get(A)
def main() -> None: ...
`);
  expect(Object.keys(ports)).toEqual(['A', 'B', 'C', 'D', 'E', 'F']);
  expect(ports).toMatchObject({ B: { default: 'b' }, C: { default: 'c' } });
  expect(required).toEqual(['A', 'E']);
  expect(said).toEqual(['x.py reads environment variables whose names only running it would tell.']);
  expect(Object.keys(read('from os import *\nX = environ["X"]\nY = getenv("Y")\n').ports)).toEqual(['X', 'Y']);
});

test('options of typer in an annotation, under a name of its own, and read from variables', () => {
  const { ports, required, said } = read(`import typer as t
from typing import Annotated, Optional
Region = Annotated[str, t.Option("--region", help="Where", envvar=["REGION", "AWS_REGION"])]
Count = Annotated[int, t.Argument(min=1, max=5)]
def run(region: Region, count: Count = 2, name: Annotated[Optional[str], t.Option(envvar="NAME")] = None,
        token: Annotated[str, t.Option(hide_input=True, envvar=VARIABLE)] = "", size: Unknown = 1):
    ...
t.run(run)
`);
  expect(ports).toEqual({
    region: {
      type: 'string',
      description:
        'Where. Where it is not given, the first of the environment variables REGION, AWS_REGION is read that is set.',
    },
    count: { type: 'integer', minimum: 1, maximum: 5, default: 2 },
    name: { type: 'string', description: 'Where it is not given, the environment variable NAME is read.' },
    token: { type: 'string', default: '', 'x-sensitive': true },
    size: { default: 1 },
  });
  expect(required).toEqual(['region']);
  expect(said).toEqual(['The type of size (x.py:6) cannot be told without running the script.']);
});
