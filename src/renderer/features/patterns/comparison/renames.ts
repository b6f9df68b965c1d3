/** What is wrong with each new name of an input; empty when all is well. Names follow Terraform's rules. */
export function problemsOfRenames(
  inputs: readonly string[],
  renames: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const problems: Record<string, string> = {};
  const finalNames = inputs.map((name) => renames[name] ?? name);
  for (const [index, name] of inputs.entries()) {
    const final = finalNames[index] ?? name;
    if (!/^[a-z_][a-z0-9_]*$/.test(final)) problems[name] = 'Use lower-case letters, digits and underscores.';
    else if (finalNames.filter((other) => other === final).length > 1) problems[name] = 'Two inputs have this name.';
  }
  return problems;
}
