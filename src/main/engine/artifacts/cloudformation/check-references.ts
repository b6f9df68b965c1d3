import type { Problem } from '#shared/model/index.ts';
import { referencesIn } from './references.ts';
import { sectionOf, type Template } from './template.ts';

/** Names that resources and outputs use and nobody declares: such a template is refused by CloudFormation. */
export function undeclaredNames(template: Template, file: string): readonly Problem[] {
  const declared = new Set([
    ...sectionOf(template, 'Parameters').map(([name]) => name),
    ...sectionOf(template, 'Resources').map(([name]) => name),
  ]);
  // Loops and transforms declare names of their own.
  if (template.value['Transform'] !== undefined) return [];
  const used = ['Resources', 'Outputs'].flatMap((section) => referencesIn(template.value[section], [section]));
  const missing = used.filter(({ target }) => !declared.has(target) && !target.startsWith('AWS::'));
  const first = new Map(missing.toReversed().map((reference) => [reference.target, reference]));
  return [...first.values()].toReversed().map(({ target, path }) => ({
    severity: 'error',
    code: 'unknown-name',
    message: `The template refers to ${target}, which is neither a parameter nor a resource.`,
    advice: 'Declare it, or correct the name.',
    file,
    line: template.lineOf(path),
    column: null,
    field: path.join('.'),
    node: null,
  }));
}
