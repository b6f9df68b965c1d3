import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readModule } from '#engine/artifacts/terraform/module.ts';
import { createProviderSchemas } from '#engine/artifacts/terraform/provider-schemas/provider-schemas.ts';
import { median, percentile, type BenchResult } from './result.ts';

const lines = 15_000;
const linesPerFile = 500;
const rounds = 7;

/** One service of a root, 25 lines long: inputs, resources that refer to one another, an output. */
function service(index: number): string {
  const name = `service_${index}`;
  return `variable "${name}_size" {
  type        = number
  default     = ${index % 9}
  description = "How many of ${name} run"
  validation {
    condition     = var.${name}_size >= 0 && var.${name}_size <= 99
    error_message = "0 to 99"
  }
}

resource "aws_security_group" "${name}" {
  name   = "\${var.environment}-${name}"
  vpc_id = aws_vpc.main.id
  tags   = merge(local.tags, { Service = "${name}" })
}

resource "aws_instance" "${name}" {
  count                  = var.${name}_size
  subnet_id              = element(aws_subnet.private[*].id, count.index)
  vpc_security_group_ids = [aws_security_group.${name}.id]
}

output "${name}_addresses" {
  value = aws_instance.${name}[*].private_ip
}
`;
}

async function writeRoot(folder: string): Promise<number> {
  const main = `variable "environment" { type = string }
locals { tags = { Environment = var.environment } }
resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "private" {
  count  = 3
  vpc_id = aws_vpc.main.id
}
`;
  await writeFile(path.join(folder, 'main.tf'), main);
  let written = main.split('\n').length - 1;
  for (let file = 0, index = 0; written < lines; file += 1) {
    let text = '';
    for (; text.split('\n').length < linesPerFile; index += 1) text += `${service(index)}\n`;
    await writeFile(path.join(folder, `services-${file}.tf`), text);
    written += text.split('\n').length - 1;
  }
  return written;
}

/** How long reading a large root takes: parsing, types, validation, outputs by the schemas of the provider. */
export async function benchCode(): Promise<readonly BenchResult[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'groundplan-parse-'));
  try {
    const written = await writeRoot(folder);
    const schemas = createProviderSchemas({ kept: path.resolve('resources', 'provider-schemas'), asked: null });
    const times: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const begin = performance.now();
      await readModule(folder, { boundary: folder, schemas });
      times.push(performance.now() - begin);
    }
    const [cold = 0, ...warm] = times;
    return [
      {
        name: `read a root of ${written.toLocaleString('en')} lines`,
        median: median(warm),
        p95: percentile(warm, 95),
        unit: 'ms',
        aim: 'under 1,000 ms after warm-up',
        method: `${rounds} rounds in one process after a first one of ${Math.round(cold)} ms`,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
