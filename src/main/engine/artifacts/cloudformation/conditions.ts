import type { Problem } from '#shared/model/index.ts';
import { isRecord, sectionOf, type Template } from './template.ts';

// Conditions may name each other; a circle is refused by CloudFormation.
const deepest = 8;

function wordOf(value: unknown): string {
  if (typeof value === 'string') return value === '' ? 'empty' : value;
  if (!isRecord(value)) return JSON.stringify(value);
  const { Ref, 'Fn::Sub': sub } = value;
  if (typeof Ref === 'string') return Ref;
  return typeof sub === 'string' ? sub : JSON.stringify(value);
}

function joined(values: unknown, word: string, context: Context): string {
  const parts = Array.isArray(values) ? (values as readonly unknown[]) : [];
  return parts.map((part) => describe(part, context)).join(` ${word} `);
}

interface Context {
  readonly conditions: Readonly<Record<string, unknown>>;
  readonly depth: number;
}

function describe(value: unknown, { conditions, depth }: Context): string {
  if (!isRecord(value) || depth > deepest) return JSON.stringify(value);
  const inside = { conditions, depth: depth + 1 };
  const { 'Fn::Equals': equals, 'Fn::And': all, 'Fn::Or': any, 'Fn::Not': not, Condition: name } = value;
  if (Array.isArray(equals)) return `${wordOf(equals[0])} is ${wordOf(equals[1])}`;
  if (all !== undefined) return joined(all, 'and', inside);
  if (any !== undefined) return `(${joined(any, 'or', inside)})`;
  if (Array.isArray(not)) {
    const [inner] = not as readonly unknown[];
    const pair = isRecord(inner) ? inner['Fn::Equals'] : null;
    return Array.isArray(pair) ? `${wordOf(pair[0])} is not ${wordOf(pair[1])}` : `not ${describe(inner, inside)}`;
  }
  return typeof name === 'string' ? describe(conditions[name], inside) : JSON.stringify(value);
}

function conditionsOf(template: Template): Readonly<Record<string, unknown>> {
  const { Conditions } = template.value;
  return isRecord(Conditions) ? Conditions : {};
}

/** When a condition holds, in the words of its parameters: `Large: Size is large`. */
export function conditionWords(template: Template, name: string): string {
  const conditions = conditionsOf(template);
  const value = Object.hasOwn(conditions, name) ? conditions[name] : undefined;
  return value === undefined ? name : `${name}: ${describe(value, { conditions, depth: 0 })}`;
}

/** The condition that a resource or output stands under; null for one that is always there. */
export function conditionOf({ Condition }: Readonly<Record<string, unknown>>): string | null {
  return typeof Condition === 'string' ? Condition : null;
}

/** What is created only where a condition holds, and conditions that nobody declares. */
export function conditionNotes(template: Template, file: string): readonly Problem[] {
  const declared = conditionsOf(template);
  const note = (severity: Problem['severity'], code: string, said: Pick<Problem, 'message' | 'advice' | 'line'>) => ({
    severity,
    code,
    ...said,
    file,
    column: null,
    field: null,
    node: null,
  });
  const conditional = ['Resources', 'Outputs'].flatMap((section) =>
    sectionOf(template, section).flatMap(([name, body]) => {
      const condition = conditionOf(body);
      return condition === null ? [] : [{ section, name, condition }];
    }),
  );
  const missing = conditional.filter(({ condition }) => !Object.hasOwn(declared, condition));
  const resources = conditional.filter((one) => one.section === 'Resources' && !missing.includes(one));
  const byCondition = new Map<string, string[]>();
  for (const { name, condition } of resources)
    byCondition.set(condition, [...(byCondition.get(condition) ?? []), name]);
  return [
    ...missing.map(({ section, name, condition }) =>
      note('error', 'unknown-name', {
        message: `${name} stands under the condition ${condition}, which the template does not declare.`,
        advice: 'Declare it under Conditions, or correct the name.',
        line: template.lineOf([section, name, 'Condition']),
      }),
    ),
    ...[...byCondition].map(([condition, names]) =>
      note('info', 'conditional', {
        message: `Created only where ${conditionWords(template, condition)}: ${names.join(', ')}.`,
        advice: null,
        line: template.lineOf(['Conditions', condition]),
      }),
    ),
  ];
}
