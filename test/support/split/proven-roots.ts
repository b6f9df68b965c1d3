import type { SplitDecisionsInput } from '#shared/model/index.ts';

/** A root of a few resources, and the parts it is divided into. */
export interface ProvenRoot {
  readonly files: Readonly<Record<string, string>>;
  /** Files that were changed after it was applied. */
  readonly later?: Readonly<Record<string, string>>;
  readonly pins: SplitDecisionsInput['pins'];
}

/** One root per construct of the language; each is applied for real, and what its parts take from one another crosses. */
export const provenRoots: Readonly<Record<string, ProvenRoot>> = {
  count: {
    files: {
      'main.tf': `
resource "terraform_data" "net" {
  count = 3
  input = "net-\${count.index}"
}
resource "terraform_data" "none" {
  count = 0
}
resource "terraform_data" "app" {
  count = length(terraform_data.net)
  input = { one = terraform_data.net[count.index].output, all = terraform_data.net[*].output, none = length(terraform_data.none) }
}
`,
    },
    pins: { 'terraform_data.net': 'net', 'terraform_data.none': 'net', 'terraform_data.app': 'app' },
  },
  for_each: {
    files: {
      'main.tf': `
locals { zones = { a = 1, "b c" = 2 } }
resource "terraform_data" "net" {
  for_each = local.zones
  input    = { name = each.key, number = each.value }
}
resource "terraform_data" "app" {
  for_each = local.zones
  input    = terraform_data.net[each.key].output.name
}
resource "terraform_data" "sum" {
  input = { for key, net in terraform_data.net : key => net.output.number }
}
`,
    },
    pins: { 'terraform_data.net': 'net', 'terraform_data.app': 'app', 'terraform_data.sum': 'app' },
  },
  modules: {
    files: {
      'main.tf': `
module "net" {
  source   = "./modules/net"
  for_each = toset(["one", "two"])
  name     = each.key
}
module "app" {
  source = "./modules/app"
  names  = [for net in module.net : net.name]
  first  = module.net["one"].id
}
`,
      'modules/net/main.tf': `
variable "name" { type = string }
resource "terraform_data" "this" { input = var.name }
module "inner" {
  source = "../inner"
  name   = terraform_data.this.output
}
output "name" { value = module.inner.name }
output "id" { value = terraform_data.this.id }
`,
      'modules/inner/main.tf': `
variable "name" { type = string }
resource "terraform_data" "deep" {
  count = 2
  input = "\${var.name}-\${count.index}"
}
output "name" { value = terraform_data.deep[0].output }
`,
      'modules/app/main.tf': `
variable "names" { type = list(string) }
variable "first" { type = string }
resource "terraform_data" "this" { input = { names = var.names, first = var.first } }
`,
    },
    pins: { 'module.net': 'net', 'module.app': 'app' },
  },
  data: {
    files: {
      'main.tf': `
data "terraform_remote_state" "shared" {
  backend = "local"
  config  = { path = "\${path.root}/shared/state.json" }
  defaults = { name = "shared" }
}
resource "terraform_data" "net" { input = data.terraform_remote_state.shared.outputs.name }
resource "terraform_data" "app" {
  input = "\${data.terraform_remote_state.shared.outputs.name}-\${terraform_data.net.id}"
}
`,
      'shared/state.json': JSON.stringify({
        version: 4,
        terraform_version: '1.6.0',
        serial: 1,
        lineage: 'b6b0f3d8-6f1e-4a53-9d6b-0f5b8b1f8f00',
        outputs: { name: { value: 'shared', type: 'string' } },
        resources: [],
      }),
    },
    pins: { 'terraform_data.net': 'net', 'terraform_data.app': 'app' },
  },
  aliases: {
    files: {
      'main.tf': `
provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}
provider "aws" {
  alias                       = "east"
  region                      = "us-east-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}
data "aws_region" "here" {}
data "aws_region" "east" { provider = aws.east }
resource "terraform_data" "net" { input = data.aws_region.here.name }
resource "terraform_data" "app" { input = [data.aws_region.east.name, terraform_data.net.output] }
`,
    },
    pins: { 'terraform_data.net': 'net', 'terraform_data.app': 'app' },
  },
  refactorings: {
    files: {
      'main.tf': `
resource "terraform_data" "old_net" { input = "net" }
resource "terraform_data" "app" { input = terraform_data.old_net.id }
`,
    },
    // Renamed and not yet applied, a block that was done long ago, and one that forgets nothing any more.
    later: {
      'main.tf': `
resource "terraform_data" "net" { input = "net" }
resource "terraform_data" "app" { input = terraform_data.net.id }
moved {
  from = terraform_data.old_net
  to   = terraform_data.net
}
moved {
  from = terraform_data.long_ago
  to   = terraform_data.app
}
removed {
  from = terraform_data.gone
}
`,
    },
    pins: { 'terraform_data.net': 'net', 'terraform_data.app': 'app' },
  },
  'checks and orders': {
    files: {
      'main.tf': `
resource "terraform_data" "net" { input = "net" }
resource "terraform_data" "app" {
  input      = "app"
  depends_on = [terraform_data.net] # first the network

  lifecycle {
    precondition {
      condition     = terraform_data.net.output == "net"
      error_message = "No network."
    }
  }
}
check "both" {
  assert {
    condition     = terraform_data.net.output != terraform_data.app.output
    error_message = "The same."
  }
}
output "net" { value = terraform_data.net.output }
output "both" { value = [terraform_data.net.id, terraform_data.app.id] }
`,
    },
    pins: { 'terraform_data.net': 'net', 'terraform_data.app': 'app' },
  },
  locals: {
    files: {
      'main.tf': `
variable "stage" { default = "test" }
variable "password" {
  type      = string
  sensitive = true
}
locals {
  prefix = "x-\${var.stage}"
  names  = { net = "\${local.prefix}-net", app = "\${local.prefix}-app" }
  net_id = terraform_data.net.id
}
resource "terraform_data" "net" {
  input            = { name = local.names.net, password = var.password }
  triggers_replace = [local.prefix]
}
resource "terraform_data" "app" { input = { name = local.names.app, net = local.net_id } }
`,
      'terraform.tfvars': 'password = "hidden"\n',
    },
    pins: { 'terraform_data.net': 'net', 'terraform_data.app': 'app' },
  },
  'JSON syntax beside the native one': {
    files: {
      'main.tf.json': `{
  "//": "Written by a generator",
  "terraform": {
    "required_version": ">= 1.6",
    "backend": { "local": { "path": "live/terraform.tfstate" } }
  },
  "variable": { "stage": { "type": "string", "default": "test" } },
  "locals": {
    "prefix": "x-\${var.stage}",
    "only_net": "n",
    "first": "\${terraform_data.net[\\"one\\"].output}"
  },
  "resource": {
    "terraform_data": {
      "net": {
        "//": "The network",
        "for_each": "\${toset([\\"one\\", \\"two\\"])}",
        "input": "\${local.prefix}-\${each.key}-\${local.only_net}-\${file(\\"\${path.module}/texts/net.txt\\")}"
      },
      "app": [
        {
          "count": 2,
          "input": { "name": "\${module.app.name}", "first": "\${local.first}", "ids": "\${[for net in terraform_data.net : net.id]}", "two": "\${terraform_data.net[\\"two\\"].output}" },
          "depends_on": ["terraform_data.net", "module.app"],
          "lifecycle": { "replace_triggered_by": ["terraform_data.side"] }
        }
      ],
      "side": { "input": "side" }
    }
  },
  "module": {
    "app": { "source": "./modules/app", "net": "\${terraform_data.net[\\"one\\"].output}", "depends_on": ["terraform_data.net"] }
  },
  "output": {
    "app": { "value": "\${terraform_data.app[*].output}" },
    "net": { "value": "\${local.prefix}" }
  },
  "moved": [ { "from": "terraform_data.before", "to": "terraform_data.side" } ],
  "check": { "named": { "assert": { "condition": "\${terraform_data.app[0].output.name != \\"\\"}", "error_message": "No name." } } }
}
`,
      'more.tf': `
resource "terraform_data" "native" { input = terraform_data.net["one"].output }
`,
      'side_override.tf.json':
        '{ "resource": { "terraform_data": { "side": { "input": "${terraform_data.native.output} side" } } } }',
      'modules/app/main.tf.json': JSON.stringify({
        variable: { net: { type: 'string' } },
        resource: { terraform_data: { this: { input: '${var.net} ${path.module}' } } },
        output: { name: { value: '${terraform_data.this.output}' } },
      }),
      'texts/net.txt': 'net',
    },
    pins: {
      'terraform_data.net': 'net',
      'terraform_data.native': 'net',
      'terraform_data.app': 'app',
      'terraform_data.side': 'app',
      'module.app': 'app',
    },
  },
};
