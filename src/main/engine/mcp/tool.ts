import type { z } from 'zod';
import type { Json } from '#shared/base/json.ts';
import type { Actor } from '#shared/model/index.ts';
import type { WorkspaceServices } from '../ports/index.ts';

/** What a tool call may use: the services, and as whom it acts. */
export interface ToolCall {
  readonly services: WorkspaceServices;
  readonly actor: Actor;
  readonly signal: AbortSignal;
}

/** One tool as data. Descriptions hold nothing that came from a cloud. */
export interface ToolDeclaration<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: Input;
  readonly output: Output;
  readonly readOnly: boolean;
  run(input: z.output<Input>, call: ToolCall): Promise<z.input<Output>>;
}

/** A declared tool without its own types, so that tools can stand in one list. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: z.ZodObject;
  readonly output: z.ZodObject;
  readonly readOnly: boolean;
  /** Throws `AppError`; the answer fits `output`. */
  run(input: unknown, call: ToolCall): Promise<Record<string, Json>>;
}

/** Closes a tool's types: input is parsed on the way in, output checked on the way out. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  declaration: ToolDeclaration<Input, Output>,
): Tool {
  return {
    ...declaration,
    run: async (input, call) => {
      const answer = await declaration.run(declaration.input.parse(input), call);
      return declaration.output.parse(answer) as Record<string, Json>;
    },
  };
}
