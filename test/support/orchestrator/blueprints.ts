import type { TestBlueprint } from './orchestrator-workbench.ts';

const text = { type: 'string' as const };

/**
 * A network that a database and an application build on, of `terraform_data` alone: the network's id exists only
 * after its apply, so both others are deferred.
 */
export function layered(version = '1.0.0', options: { readonly applicationBody?: string } = {}): TestBlueprint {
  return {
    document: {
      blueprint: 'layered',
      version,
      boundary: 'platform',
      inputs: {
        region: { type: 'string', from: 'target' },
        name: { type: 'string', agent: 'set' },
        password: { type: 'string', sensitive: true, agent: 'ask' },
        size: { type: 'string', enum: ['small', 'large'], default: 'small' },
      },
      nodes: {
        network: { use: 'network@1.0.0', set: { name: '${inputs.name}-${inputs.region}' } },
        database: {
          use: 'database@1.0.0',
          set: { network: '${network.id}', password: '${inputs.password}' },
        },
        application: {
          use: 'application@1.0.0',
          set: { network: '${network.id}', url: '${database.url}', size: '${inputs.size}' },
        },
        notes: { use: 'notes@1.0.0', set: { text: 'hello' } },
      },
      outputs: { url: { value: '${application.url}' } },
    },
    artifacts: {
      network: {
        boundary: 'networking',
        inputs: { name: text },
        outputs: { id: text, label: text },
        source: `
variable "name" { type = string }
resource "terraform_data" "network" {
  input = var.name
}
output "id" { value = terraform_data.network.id }
output "label" { value = var.name }
`,
      },
      database: {
        boundary: 'data',
        inputs: { network: text, password: { ...text, 'x-sensitive': true } },
        outputs: { url: { ...text, 'x-sensitive': true } },
        source: `
variable "network" { type = string }
variable "password" {
  type      = string
  sensitive = true
}
resource "terraform_data" "database" {
  input = { network = var.network, password = var.password }
}
output "url" {
  value     = "db://admin:\${var.password}@\${terraform_data.database.id}"
  sensitive = true
}
`,
      },
      application: {
        boundary: 'application',
        inputs: { network: text, url: { ...text, 'x-sensitive': true }, size: text },
        outputs: { url: text },
        source: `
variable "network" { type = string }
variable "url" {
  type      = string
  sensitive = true
}
variable "size" { type = string }
resource "terraform_data" "application" {
  input = { network = var.network, size = var.size }
}
${options.applicationBody ?? ''}
output "url" { value = "https://\${terraform_data.application.id}" }
`,
      },
      notes: {
        boundary: 'observability',
        inputs: { text },
        outputs: {},
        source: `
variable "text" { type = string }
resource "terraform_data" "notes" {
  input = var.text
}
`,
      },
    },
  };
}

/** One step whose `main.tf` is given; it takes nothing unless said. */
export function single(
  source: string,
  options: Partial<TestBlueprint['document']> & { readonly inputs?: TestBlueprint['document']['inputs'] } = {},
): TestBlueprint {
  const inputs = options.inputs ?? {};
  return {
    document: {
      blueprint: 'single',
      version: '1.0.0',
      boundary: 'application',
      nodes: {
        only: {
          use: 'only@1.0.0',
          set: Object.fromEntries(Object.keys(inputs).map((name) => [name, `\${inputs.${name}}`])),
        },
      },
      ...options,
    },
    artifacts: {
      only: {
        source,
        inputs: Object.fromEntries(Object.keys(inputs).map((name) => [name, {}])),
      },
    },
  };
}
