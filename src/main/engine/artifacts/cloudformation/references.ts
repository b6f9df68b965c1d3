import { isRecord } from './template.ts';

/** What an expression of a template points at. */
export interface Reference {
  /** A parameter, a resource or a pseudo parameter (`AWS::Region`). */
  readonly target: string;
  /** The attribute of a resource that is read; null for the resource or parameter itself. */
  readonly attribute: string | null;
  /** Where it stands in the template. */
  readonly path: readonly string[];
}

/** Names inside the text of `Fn::Sub`; `${!literal}` is none. */
function namesOfSub(text: string): readonly string[] {
  return [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name = '']) => name.trim());
}

function splitName(name: string): Pick<Reference, 'target' | 'attribute'> {
  const at = name.includes('::') ? -1 : name.indexOf('.');
  return at === -1 ? { target: name, attribute: null } : { target: name.slice(0, at), attribute: name.slice(at + 1) };
}

function referencesOfSub(argument: unknown, path: readonly string[]): readonly Reference[] {
  const [text, own] = Array.isArray(argument) ? (argument as readonly unknown[]) : [argument, {}];
  const named = isRecord(own) ? own : {};
  const inText = typeof text === 'string' ? namesOfSub(text) : [];
  return [
    ...inText.filter((name) => !Object.hasOwn(named, name)).map((name) => ({ ...splitName(name), path })),
    ...referencesIn(named, path),
  ];
}

/** Every parameter and resource a value points at, in the order they stand. */
export function referencesIn(value: unknown, path: readonly string[]): readonly Reference[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => referencesIn(item, [...path, String(index)]));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = [...path, key];
    if (key === 'Ref') return typeof inner === 'string' ? [{ target: inner, attribute: null, path }] : [];
    if (key === 'Fn::Sub') return referencesOfSub(inner, here);
    if (key === 'Fn::GetAtt' && typeof inner === 'string') return [{ ...splitName(inner), path }];
    if (key === 'Fn::GetAtt') {
      const [target, attribute] = Array.isArray(inner) ? (inner as readonly unknown[]) : [];
      if (typeof target === 'string')
        return [{ target, attribute: typeof attribute === 'string' ? attribute : '', path }];
    }
    return referencesIn(inner, here);
  });
}

/** A name that stands in the template, as it is written; null for one that is put together in other ways. */
export function nameText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  const sub = isRecord(value) ? value['Fn::Sub'] : null;
  const [text] = Array.isArray(sub) ? (sub as readonly unknown[]) : [sub];
  return typeof text === 'string' ? text : null;
}

/** The exports of other stacks that a value imports; null for one whose name is only known later. */
export function importsIn(value: unknown): readonly (string | null)[] {
  if (Array.isArray(value)) return value.flatMap(importsIn);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'Fn::ImportValue' ? [nameText(inner)] : importsIn(inner),
  );
}
