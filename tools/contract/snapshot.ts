import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isContractProcedure } from '@orpc/contract';
import { z } from 'zod';
import { contract, contractVersion, type ProcedureMeta } from '#shared/contract/index.ts';
import { errorCodes } from '#shared/errors/index.ts';
import * as model from '#shared/model/index.ts';

// The contract as JSON Schema, committed, so that every change of it shows in a review.
const file = path.resolve(import.meta.dirname, '../../docs/contract.json');

/** Domain schemas by their name, so that procedures refer to them instead of repeating them. */
function namedSchemas(io: 'input' | 'output') {
  const registry = z.registry<{ id: string }>();
  for (const [name, value] of Object.entries(model)) {
    if (value instanceof z.ZodType) registry.add(value, { id: name.replace(/Schema$/, '') });
  }
  const add = (id: string, schema: unknown) => {
    // Streams carry their events in a schema of the library's own; its events are domain schemas already listed.
    if (schema instanceof z.ZodType && registry.get(schema) === undefined) registry.add(schema, { id });
  };
  for (const [path, definition] of procedures())
    add(`${path}.${io}`, io === 'input' ? definition.inputSchema : definition.outputSchema);
  return { registry, schemas: z.toJSONSchema(registry, { io, unrepresentable: 'any', uri: (id) => id }).schemas };
}

function procedures() {
  return Object.entries(contract).flatMap(([namespace, group]) =>
    Object.entries(group).flatMap(([name, procedure]) =>
      isContractProcedure(procedure) ? [[`${namespace}.${name}`, procedure['~orpc']] as const] : [],
    ),
  );
}

function snapshot(): string {
  const inputs = namedSchemas('input');
  const outputs = namedSchemas('output');
  const reference = ({ registry }: ReturnType<typeof namedSchemas>, schema: unknown) =>
    schema instanceof z.ZodType ? (registry.get(schema)?.id ?? null) : schema === undefined ? null : 'stream';
  const listed = Object.fromEntries(
    procedures().map(([path, definition]) => [
      path,
      {
        ...(definition.meta as unknown as ProcedureMeta),
        input: reference(inputs, definition.inputSchema),
        output: reference(outputs, definition.outputSchema),
      },
    ]),
  );
  const own = Object.entries(inputs.schemas).filter(([name]) => name.endsWith('.input'));
  return `${JSON.stringify(
    {
      version: contractVersion,
      errors: errorCodes,
      procedures: listed,
      inputs: Object.fromEntries(own),
      schemas: outputs.schemas,
    },
    null,
    1,
  )}\n`;
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
    process.stderr.write(
      'The contract differs from docs/contract.json. Run `npm run contract:update` and review the difference.\n',
    );
    process.exitCode = 1;
  }
} else {
  writeFileSync(file, current);
}
