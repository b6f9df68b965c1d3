import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PortSchema } from '#shared/model/index.ts';
import { readInlineMetadata } from './inline-metadata.ts';
import { interfaceOf } from './interface.ts';
import { outputsOf } from './outputs.ts';
import { parsePython } from './syntax/parse-module.ts';
import { pythonTool } from './tool.ts';

function read(text: string) {
  const context = { module: parsePython(text), file: 'x.py' };
  const script = interfaceOf(context);
  return { ...script, outputs: outputsOf(script.answers, context) };
}

/** The inputs of a script without their origins. */
function inputs(text: string): Record<string, PortSchema> {
  return Object.fromEntries(
    Object.entries(read(text).inputs.properties).map(([name, { 'x-origin': _origin, ...schema }]) => [name, schema]),
  );
}

describe('a typed main()', () => {
  const script = `
"""Rotates keys.

More words.
"""
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated, Any, Literal, Optional
from pydantic import BaseModel, Field

SIZES = 3

class Mode(str, Enum):
    fast = "fast"
    slow = "slow"

@dataclass
class Network:
    """Where it runs."""
    cidr: "IPv4Network"
    zones: list[str] = field(default_factory=list)

class Database(BaseModel):
    size: int = Field(20, ge=1, le=100, description="In gigabytes")
    name: str
    owner: Optional[str] = None

class Result(BaseModel):
    url: str
    ports: list[int]

def main(
    region: str,
    count: int = SIZES,
    ratio: float = 0.5,
    mode: Mode = Mode.fast,
    kind: Literal["a", "b"] = "a",
    tags: dict[str, str] | None = None,
    network: Network = None,
    *,
    database: Database,
    client: boto3.Client = None,
    **rest,
) -> Result:
    """Rotates.

    Args:
        region: Where to
            rotate.
        count (int): How many.
    """
`;

  test('has its parameters as inputs, models as objects', () => {
    expect(inputs(script)).toEqual({
      region: { type: 'string', description: 'Where to rotate.' },
      count: { type: 'integer', default: 3, description: 'How many.' },
      ratio: { type: 'number', default: 0.5 },
      mode: { type: 'string', enum: ['fast', 'slow'], default: 'fast' },
      kind: { type: 'string', enum: ['a', 'b'], default: 'a' },
      tags: { type: 'object', additionalProperties: { type: 'string' } },
      network: {
        type: 'object',
        description: 'Where it runs.',
        properties: {
          cidr: { type: 'string', format: 'cidr' },
          zones: { type: 'array', items: { type: 'string' } },
        },
        required: ['cidr'],
      },
      database: {
        type: 'object',
        properties: {
          size: { type: 'integer', default: 20, minimum: 1, maximum: 100, description: 'In gigabytes' },
          name: { type: 'string' },
          owner: { type: 'string' },
        },
        required: ['name'],
      },
      client: {},
    });
    expect(read(script).inputs.required).toEqual(['region', 'database']);
  });

  test('says which type cannot be told, and where each fact was read', () => {
    const { problems, inputs: ports } = read(script);
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      ['unknown-inputs', 'main() of x.py takes more than it names: *args or **kwargs.'],
      ['unknown-type', 'The type of client (x.py:42) cannot be told without running the script.'],
    ]);
    expect(ports.properties['region']?.['x-origin']).toEqual({ how: 'declared', where: 'x.py:33' });
    expect(ports.properties['client']?.['x-origin']?.how).toBe('unknown');
  });

  test('has the fields it returns as outputs; a single value is the result', () => {
    expect(read(script).outputs.ports).toMatchObject({
      properties: { url: { type: 'string' }, ports: { type: 'array', items: { type: 'integer' } } },
      required: ['url', 'ports'],
    });
    expect(read('def main(a: str) -> int: ...\n').outputs.ports.properties).toEqual({
      result: { type: 'integer', 'x-origin': { how: 'declared', where: 'x.py:1' } },
    });
    expect(read('def main(a: str) -> None: ...\n').outputs).toMatchObject({ ports: { properties: {} }, problems: [] });
    expect(read('def main(a: str): ...\n').outputs.problems).toMatchObject([{ code: 'unknown-outputs' }]);
    expect(read('def main(a: str) -> dict: ...\n').outputs.problems).toMatchObject([{ code: 'unknown-outputs' }]);
  });
});

describe('declared options', () => {
  test('argparse: types, choices, flags, lists and what is required', () => {
    const text = `
import argparse
REGIONS = ["eu", "us"]
parser = argparse.ArgumentParser()
parser.add_argument("cluster", help="Which   cluster")
parser.add_argument("--region", choices=REGIONS, required=True)
parser.add_argument("-n", "--dry-run", action="store_true")
parser.add_argument("--size", type=int, default=3)
parser.add_argument("--label", action="append", dest="labels")
parser.add_argument("--shape", type=make_shape)
parser.add_argument("extra", nargs="*")
`;
    expect(inputs(text)).toEqual({
      cluster: { type: 'string', description: 'Which cluster' },
      region: { type: 'string', enum: ['eu', 'us'] },
      dry_run: { type: 'boolean', default: false },
      size: { type: 'integer', default: 3 },
      labels: { type: 'array', items: { type: 'string' } },
      shape: {},
      extra: { type: 'array', items: { type: 'string' } },
    });
    expect(read(text).inputs.required).toEqual(['cluster', 'region']);
  });

  test('subcommands are one input, and what belongs to some of them says so', () => {
    const text = `
import argparse
parser = argparse.ArgumentParser()
parser.add_argument("--verbose", action="store_true")
commands = parser.add_subparsers()
up = commands.add_parser("up")
up.add_argument("--size", type=int, required=True)
down = commands.add_parser("down")
down.add_argument("--force", action="store_true")
`;
    expect(inputs(text)).toMatchObject({
      command: { enum: ['up', 'down'] },
      verbose: { type: 'boolean' },
      size: { 'x-conditions': ['Only with the command up.'] },
      force: { 'x-conditions': ['Only with the command down.'] },
    });
    expect(read(text).inputs.required).toEqual(['command']);
  });

  test('click: options and arguments of a command', () => {
    const text = `
import click
@click.command()
@click.argument("source", type=click.File("r"), default=sys.stdin)
@click.option("--format", "-f", type=click.Choice(["json", "raw"]), default="raw", help="How.")
@click.option("--password", hide_input=True, required=True)
@click.option("--tag", multiple=True)
@click.option("--yes", is_flag=True)
@click.option("--token", prompt=True)
@click.option("--stage", prompt="Which stage?", default="test")
def main(source, format, password, tag, yes, token, stage):
    """Prints."""
`;
    expect(inputs(text)).toEqual({
      source: { type: 'string', format: 'path' },
      format: { type: 'string', enum: ['json', 'raw'], default: 'raw', description: 'How.' },
      password: { type: 'string', 'x-sensitive': true },
      tag: { type: 'array', items: { type: 'string' } },
      yes: { type: 'boolean', default: false },
      token: { type: 'string' },
      stage: { type: 'string', default: 'test' },
    });
    expect(read(text).inputs.required).toEqual(['password', 'token']);
  });

  test('typer: options by default and by annotation', () => {
    const text = `
import typer
app = typer.Typer()
@app.command()
def run(
    name: str,
    size: Annotated[int, typer.Option("--size", min=1, help="How big")] = 2,
    zone: str = typer.Option(..., help="Where"),
    tags: list[str] = typer.Option(None),
):
    ...
`;
    expect(inputs(text)).toEqual({
      name: { type: 'string' },
      size: { type: 'integer', minimum: 1, description: 'How big', default: 2 },
      zone: { type: 'string', description: 'Where' },
      tags: { type: 'array', items: { type: 'string' } },
    });
    expect(read(text).inputs.required).toEqual(['name', 'zone']);
  });

  test('environment variables are inputs of their names', () => {
    const text = `
import os
def main() -> None:
    region = os.environ["REGION"]
    size = os.getenv("SIZE", "3")
    other = os.environ.get("OTHER")
`;
    expect(read(text).inputs).toMatchObject({
      properties: { REGION: { type: 'string' }, SIZE: { default: '3' }, OTHER: { 'x-origin': { how: 'inferred' } } },
      required: ['REGION'],
    });
  });

  test('what reads its arguments or looks up its functions itself says that it cannot be known', () => {
    const codes = (text: string) => read(text).problems.map(({ code }) => code);
    expect(codes('import sys\nmain(sys.argv)\n')).toEqual(['unknown-inputs']);
    expect(codes('import argparse\nparser.add_argument("--name")\nglobals()[name]()\nglobals().get(x)\n')).toEqual([
      'unknown-inputs',
    ]);
    expect(codes('print(1)\n')).toEqual(['no-declared-inputs']);
  });
});

describe('inline metadata', () => {
  test('names the version of Python and the packages', () => {
    const text =
      '# /// script\n# requires-python = ">=3.11"\n# dependencies = [\n#   "boto3>=1.30",\n#   "rich[all]",\n# ]\n# ///\n';
    expect(readInlineMetadata(text, 'x.py').requires.map(({ kind, name, version }) => [kind, name, version])).toEqual([
      ['tool', 'python', '>=3.11'],
      ['package', 'boto3', '>=1.30'],
      ['package', 'rich[all]', null],
    ]);
  });

  test('that does not parse is named with its line', () => {
    const { problems } = readInlineMetadata('\n# /// script\n# dependencies = [\n# ///\n', 'x.py');
    expect(problems).toMatchObject([{ code: 'bad-metadata', file: 'x.py' }]);
    expect(problems[0]?.message).toMatch(/^x\.py:\d+: /);
  });
});

describe('scripts in a folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'groundplan-scripts-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('are found, copied with what they import of it, and read', async () => {
    const files = {
      'rotate.py':
        '"""Rotates keys."""\nimport json\nfrom helpers.keys import one\nimport names\ndef main(a: str) -> None: ...\n',
      'helpers/__init__.py': '',
      'helpers/keys.py': 'from . import more\n',
      'helpers/more.py': '',
      'helpers/unused.py': '',
      'names.py': 'A = 1\n',
      'test_rotate.py': 'def main(): ...\n',
      'requirements.txt': '# comment\nboto3==1.34\n',
    };
    for (const [name, text] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), text);
    }
    const found = await pythonTool.find(folder);
    expect(found).toEqual([{ runner: 'python', folder, entry: 'rotate.py', title: 'rotate' }]);
    const [code] = found;
    if (code === undefined) throw new Error('not found');
    const { content } = await pythonTool.gather(code);
    expect(content.map((file) => file.path).sort()).toEqual([
      'helpers/__init__.py',
      'helpers/keys.py',
      'helpers/more.py',
      'names.py',
      'requirements.txt',
      'rotate.py',
    ]);
    const reading = await pythonTool.read(folder, { entry: 'rotate.py' });
    expect(reading.summary).toBe('Rotates keys.');
    expect(reading.requires).toMatchObject([{ kind: 'package', name: 'boto3', version: '==1.34' }]);
  });

  test('a place that is no Python is named, and the rest is read', async () => {
    await writeFile(path.join(folder, 'a.py'), 'def main(a: str) -> None: ...\n\nx = = 3\n');
    const { problems, inputs: ports } = await pythonTool.read(folder, { entry: 'a.py' });
    expect(problems).toMatchObject([{ code: 'unreadable-file', line: 3 }]);
    expect(ports.required).toEqual(['a']);
  });
});
