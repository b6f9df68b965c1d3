import type { TestBlueprint } from '#test/support/orchestrator/index.ts';

const text = { type: 'string' as const };

/**
 * `base` → `top` (deferred), and `aside`. Every resource that is really made leaves one line in `marks`: an apply too
 * many shows there.
 */
export function counted(marks: string): TestBlueprint {
  const source = (name: string, seconds: number): string => `
variable "before" {
  type    = string
  default = ""
}
resource "terraform_data" "one" {
  input = var.before
  provisioner "local-exec" {
    command = "sleep ${seconds}; echo ${name} >> ${marks}"
  }
}
output "id" { value = terraform_data.one.id }
`;
  return {
    document: {
      blueprint: 'counted',
      version: '1.0.0',
      boundary: 'application',
      nodes: {
        base: { use: 'base@1.0.0' },
        top: { use: 'top@1.0.0', set: { before: '${base.id}' } },
        aside: { use: 'aside@1.0.0', after: ['base'] },
      },
    },
    artifacts: {
      base: { source: source('base', 1), inputs: { before: text } },
      top: { source: source('top', 0), inputs: { before: text } },
      aside: { source: source('aside', 0), inputs: { before: text } },
    },
  };
}
