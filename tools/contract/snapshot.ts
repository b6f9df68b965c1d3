import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isContractProcedure } from '@orpc/contract';
import { z } from 'zod';
import { contract, contractVersion, type ProcedureMeta } from '#shared/contract/index.ts';
import { errorCodes } from '#shared/errors/index.ts';

// The contract as JSON Schema, committed, so that every change of it shows in a review.
const file = path.resolve(import.meta.dirname, '../../docs/contract.json');

function schemaOf(schema: unknown, io: 'input' | 'output'): unknown {
  if (schema instanceof z.ZodType) return z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return schema === undefined ? null : { stream: true };
}

function snapshot(): string {
  const procedures: Record<string, unknown> = {};
  for (const [namespace, group] of Object.entries(contract)) {
    for (const [name, procedure] of Object.entries(group)) {
      if (!isContractProcedure(procedure)) continue;
      const definition = procedure['~orpc'];
      procedures[`${namespace}.${name}`] = {
        ...(definition.meta as unknown as ProcedureMeta),
        input: schemaOf(definition.inputSchema, 'input'),
        output: schemaOf(definition.outputSchema, 'output'),
      };
    }
  }
  return `${JSON.stringify({ version: contractVersion, errors: errorCodes, procedures }, null, 1)}\n`;
}

const current = snapshot();
if (process.argv.includes('--check')) {
  let kept = '';
  try {
    kept = readFileSync(file, 'utf8');
  } catch {
    // A missing snapshot differs from every contract, which the next lines say.
  }
  if (kept !== current) {
    process.stderr.write('The contract differs from docs/contract.json. Run `npm run contract:update` and review the difference.\n');
    process.exitCode = 1;
  }
} else {
  writeFileSync(file, current);
}
