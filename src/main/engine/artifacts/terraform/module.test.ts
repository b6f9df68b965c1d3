import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readModule, type ModuleReading } from './module.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'module-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function read(files: Record<string, string>): Promise<ModuleReading> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  return readModule(folder, { boundary: folder });
}

describe('variables', () => {
  it('become inputs with type, default, conditions and the line they stand on', async () => {
    const { inputs, problems } = await read({
      'variables.tf': `# The name of everything
variable "name" {
  type        = string
  description = "Name, used \\"everywhere\\""
  validation {
    condition     = can(regex("^[a-z]+$", var.name)) && length(var.name) <= 20
    error_message = "Lower-case letters only."
  }
}

variable "size" {
  type    = string
  default = "small"
  validation {
    condition     = contains(["small", "large"], var.size)
    error_message = "small or large"
  }
}

variable "odd" {
  type = number
  validation {
    condition     = var.odd % 2 == 1
    error_message = "Must be odd."
  }
  validation {
    condition     = var.odd >= 1 && var.odd <= 99
    error_message = "1 to 99"
  }
}

variable "password" {
  type      = string
  sensitive = true
}

variable "tags" { default = { team = "core" } }
variable "free" {}
variable "template" { default = "a-$\${b}" }
variable "cidr" {
  type = string
  validation {
    condition     = can(cidrhost(var.cidr, 0))
    error_message = "A CIDR."
  }
}
variable "zones" {
  type = list(string)
  validation {
    condition     = alltrue([for zone in var.zones : contains(["a", "b"], zone)])
    error_message = "a or b"
  }
}
`,
    });
    expect(problems).toEqual([]);
    expect(inputs.required).toEqual(['name', 'odd', 'password', 'free', 'cidr', 'zones']);
    const at = (line: number, how = 'declared') => ({ 'x-origin': { how, where: `variables.tf:${line}` } });
    expect(inputs.properties).toEqual({
      name: { type: 'string', description: 'Name, used "everywhere"', pattern: '^[a-z]+$', maxLength: 20, ...at(2) },
      size: { type: 'string', default: 'small', enum: ['small', 'large'], ...at(11) },
      odd: { type: 'number', minimum: 1, maximum: 99, 'x-conditions': ['Must be odd.'], ...at(20) },
      password: { type: 'string', 'x-sensitive': true, ...at(32) },
      tags: { type: 'object', additionalProperties: {}, default: { team: 'core' }, ...at(37, 'inferred') },
      free: { ...at(38, 'unknown') },
      template: { type: 'string', default: 'a-${b}', ...at(39, 'inferred') },
      cidr: { type: 'string', format: 'cidr', ...at(40) },
      zones: { type: 'array', items: { type: 'string', enum: ['a', 'b'] }, ...at(47) },
    });
  });

  it('say what may not be null, and what is never kept: that is inferred to be sensitive', async () => {
    const { inputs, outputs } = await read({
      'main.tf': `variable "name" {
  type     = string
  nullable = false
}
variable "token" {
  type      = string
  ephemeral = true
}
variable "both" {
  type      = string
  sensitive = true
  ephemeral = true
}
output "token" {
  value     = var.token
  ephemeral = true
}
`,
    });
    expect(inputs.properties).toEqual({
      name: { type: 'string', 'x-nullable': false, 'x-origin': { how: 'declared', where: 'main.tf:1' } },
      token: {
        type: 'string',
        'x-sensitive': true,
        'x-ephemeral': true,
        'x-origin': {
          how: 'declared',
          where: 'main.tf:5',
          facts: { 'x-sensitive': { how: 'inferred', where: 'main.tf:7' } },
        },
      },
      both: {
        type: 'string',
        'x-sensitive': true,
        'x-ephemeral': true,
        'x-origin': { how: 'declared', where: 'main.tf:9' },
      },
    });
    expect(outputs.properties['token']).toMatchObject({ type: 'string', 'x-sensitive': true, 'x-ephemeral': true });
  });

  it('may be deprecated, or needed before the plan, as OpenTofu has it', async () => {
    const { inputs, outputs } = await read({
      'main.tf': `variable "old" {
  type        = string
  description = "A name"
  deprecated  = "Use new."
}
variable "where" {
  type  = string
  const = true
}
output "old" {
  value      = var.old
  deprecated = "Use new."
}
output "new" {
  value = var.old
}
`,
    });
    expect(outputs.properties['new']).not.toHaveProperty('deprecated');
    expect(inputs.properties['old']).toMatchObject({ description: 'A name\nDeprecated: Use new.', deprecated: true });
    expect(inputs.properties['where']?.['x-conditions']).toEqual([
      'The value is needed before anything is planned: no output of what runs before can give it.',
    ]);
    expect(outputs.properties['old']).toMatchObject({ description: 'Deprecated: Use new.', deprecated: true });
  });

  it('that are declared twice, or have a type that is none, are named with their place', async () => {
    const { problems, inputs } = await read({
      'a.tf': 'variable "x" {\n  type = strin\n}\n',
      'b.tf': '\nvariable "x" {}\n',
    });
    expect(problems.map(({ code, file, line }) => [code, file, line])).toEqual([
      ['bad-type', 'a.tf', 2],
      ['duplicate-variable', 'b.tf', 2],
    ]);
    expect(Object.keys(inputs.properties)).toEqual(['x']);
  });
});

describe('outputs', () => {
  it('get the type their expression has, where that is known', async () => {
    const expressions: Record<string, string> = {
      id: 'aws_vpc.main.id',
      ids: 'aws_subnet.private[*].id',
      sorted: '[for subnet in aws_subnet.private : subnet.arn if subnet.id != ""]',
      by_zone: '{ for key, subnet in aws_subnet.private : key => subnet.id }',
      listed: '[aws_subnet.a.id, aws_subnet.b.id]',
      first: 'aws_subnet.private[0].id',
      text: '"vpc-${aws_vpc.main.id}"',
      joined: 'join(",", aws_subnet.private[*].id)',
      count: 'length(aws_subnet.private)',
      given: 'var.settings.size',
      local: 'local.names',
      child: 'module.child.password',
      either: 'var.on ? aws_vpc.main.id : null',
      maybe: 'one(aws_vpc.main[*].id)',
      strange: 'aws_vpc.main.unheard_of',
      address: 'aws_db_instance.main.port',
      listed_status: 'kubernetes_service.web.status',
      merged: 'merge({ for name, size in { a = 1 } : name => "${name}/32" }, { b = "x" /* more */ })["a"]',
      merged_empty: 'merge({}, { b = true })',
      mixed: 'merge({ a = 1 }, { b = "x" })',
      named: '[local.sizes["large"], local.sizes["small"]]',
      of_object: 'values(local.sizes)',
      many: 'values(module.child)',
      one_of: 'module.child["password"]',
      foreign: 'foo_bar.x.name',
      foreign_secret: 'foo_bar.x.password',
    };
    const outputs = Object.entries(expressions).map(([name, value]) => `output "${name}" {\n  value = ${value}\n}\n`);
    const reading = await read({
      'main.tf': `variable "on" { type = bool }
variable "settings" { type = object({ size = number }) }
locals { sizes = { small = 1, large = 2 } }
locals { names = [for zone in ["a", "b"] : "x-\${zone}"] }
module "child" { source = "./child" }
${outputs.join('')}`,
      'child/main.tf': `variable "in" { type = string }
resource "aws_kms_key" "k" {}
output "password" {
  value     = "\${var.in}!"
  sensitive = true
}
`,
    });
    expect(reading.problems).toEqual([]);
    const types = Object.fromEntries(
      Object.entries(reading.outputs.properties).map(([name, { 'x-origin': origin, ...schema }]) => [
        name,
        origin?.how === 'unknown' ? 'unknown' : schema,
      ]),
    );
    const text = { type: 'string' };
    const texts = { type: 'array', items: text };
    expect(types).toEqual({
      id: text,
      ids: texts,
      sorted: texts,
      by_zone: { type: 'object', additionalProperties: text },
      listed: texts,
      first: text,
      text,
      joined: text,
      count: { type: 'number' },
      given: { type: 'number' },
      local: texts,
      child: { type: 'string', 'x-sensitive': true },
      either: text,
      maybe: text,
      strange: 'unknown',
      address: { type: 'number' },
      listed_status: 'unknown',
      merged: text,
      merged_empty: { type: 'object', additionalProperties: { type: 'boolean' } },
      mixed: { type: 'object', additionalProperties: {} },
      named: { type: 'array', items: { type: 'number' } },
      of_object: { type: 'array', items: { type: 'number' } },
      many: { type: 'array', items: {} },
      one_of: 'unknown',
      foreign: 'unknown',
      foreign_secret: 'unknown',
    });
    expect(reading.outputs.properties['foreign_secret']).toMatchObject({ 'x-sensitive': true });
    expect(reading.outputs.properties['ids']?.['x-origin']).toEqual({ how: 'inferred', where: 'main.tf:9' });
    expect(reading.creates).toEqual({ aws_kms_key: 1 });
  });
});

describe('requirements', () => {
  it('name tool, providers, backend and modules from elsewhere, with their lines', async () => {
    const { requires, creates } = await read({
      'main.tf': `terraform {
  required_version = ">= 1.6"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
  backend "s3" {}
}
module "vpc" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "5.1.0"
}
resource "aws_vpc" "a" {}
resource "random_id" "b" {}
resource "aws_vpc" "c" {}
resource "terraform_data" "d" {}
`,
    });
    expect(requires.map(({ kind, name, version, origin }) => [kind, name, version, origin.where])).toEqual([
      ['tool', 'terraform', '>= 1.6', 'main.tf:2'],
      ['provider', 'hashicorp/aws', '~> 5.0', 'main.tf:3'],
      ['backend', 's3', null, 'main.tf:9'],
      ['module', 'terraform-aws-modules/vpc/aws', '5.1.0', 'main.tf:12'],
      ['provider', 'random', null, 'main.tf:16'],
    ]);
    expect(creates).toEqual({ aws_vpc: 2, random_id: 1, terraform_data: 1 });
  });
});

describe('files', () => {
  it('that do not parse are named with line and column, and the others are read', async () => {
    const { problems, inputs, readableFiles } = await read({
      'good.tf': 'variable "a" { type = string }\n',
      'bad.tf': 'variable "b" {\n  type = = string\n}\n',
      'worse.tf.json': '{ "variable": { "c": } ',
    });
    expect(Object.keys(inputs.properties)).toEqual(['a']);
    expect(readableFiles).toBe(1);
    expect(problems[0]).toMatchObject({ code: 'unreadable-file', file: 'bad.tf', line: 2, column: 10 });
    expect(problems[0]?.message).toMatch('bad.tf:2,10: Invalid expression');
    expect(problems.some(({ file, line }) => file === 'worse.tf.json' && line === 1)).toBe(true);
  });

  it('may be JSON, OpenTofu files or overrides', async () => {
    const { inputs } = await read({
      'a.tf.json':
        '{\n  "//": "a comment",\n  "variable": {\n    "json": { "type": "list(string)", "default": [] }\n  }\n}\n',
      'b.tf': 'variable "ignored" {}\n',
      'b.tofu': 'variable "tofu" { type = number }\nvariable "base" {\n  type = string\n}\n',
      'b_override.tf': 'variable "base" { default = "over" }\n',
    });
    expect(inputs.properties).toEqual({
      json: {
        type: 'array',
        items: { type: 'string' },
        default: [],
        'x-origin': { how: 'declared', where: 'a.tf.json:4' },
      },
      tofu: { type: 'number', 'x-origin': { how: 'declared', where: 'b.tofu:1' } },
      base: { type: 'string', default: 'over', 'x-origin': { how: 'declared', where: 'b.tofu:2' } },
    });
  });

  it('reach no further than the folder, and end when modules call each other in a circle', async () => {
    const { problems } = await read({
      'main.tf':
        'module "out" { source = "../../etc" }\nmodule "gone" { source = "./gone" }\nmodule "loop" { source = "./loop" }\n',
      'loop/main.tf': 'module "back" { source = "../" }\n',
    });
    expect(problems.map(({ message, file, line }) => [message, file, line])).toEqual([
      ['Module "out" is taken from ../../etc, which lies outside of this folder.', 'main.tf', 1],
      ['Module "gone" is taken from ./gone, which does not exist.', 'main.tf', 2],
      ['Module "back" is taken from ../, which calls itself.', 'loop/main.tf', 1],
    ]);
  });
});
