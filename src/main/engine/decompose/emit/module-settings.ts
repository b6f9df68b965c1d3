import type { RequiredProvider } from '../source/required-providers.ts';

/** Attributes one below the other, laid out as `fmt` does. */
export function aligned(indent: string, attributes: readonly (readonly [string, string])[]): string {
  const width = Math.max(...attributes.map(([key]) => key.length));
  return attributes.map(([key, value]) => `${indent}${key.padEnd(width)} = ${value}\n`).join('');
}

/** The settings of a module that is handed these providers; `configurations` are `aws`, `aws.east`. */
export function moduleSettings(required: readonly RequiredProvider[], configurations: readonly string[]): string {
  const aliases = configurations.filter((name) => name.includes('.'));
  const names = new Set([...required.map(({ name }) => name), ...aliases.map((name) => name.split('.')[0] ?? name)]);
  const entries = [...names].map((name) => {
    const { source = null, version = null } = required.find((one) => one.name === name) ?? {};
    const own = aliases.filter((alias) => alias.startsWith(`${name}.`));
    const attributes = [
      ...(source === null ? [] : [['source', JSON.stringify(source)] as const]),
      ...(version === null ? [] : [['version', JSON.stringify(version)] as const]),
      ...(own.length === 0 ? [] : [['configuration_aliases', `[${own.join(', ')}]`] as const]),
    ];
    return attributes.length === 0 ? '' : `    ${name} = {\n${aligned('      ', attributes)}    }\n`;
  });
  const text = entries.join('');
  return text === '' ? '' : `terraform {\n  required_providers {\n${text}  }\n}\n`;
}
