import type { TestBlueprint } from './orchestrator-workbench.ts';

const text = { type: 'string' as const };

/** Network, data and application in a region, small enough to be made in a few seconds on an AWS API. */
export function regional(version = '1.0.0'): TestBlueprint {
  return {
    document: {
      blueprint: 'regional',
      version,
      boundary: 'platform',
      inputs: {
        region: { type: 'string', from: 'target' },
        cidr: { type: 'string', format: 'cidr', agent: 'set' },
      },
      nodes: {
        network: { use: 'network@1.0.0', set: { cidr: '${inputs.cidr}', name: 'main-${inputs.region}' } },
        data: { use: 'data@1.0.0', set: { name: 'orders-${inputs.region}' }, after: ['network'] },
        application: {
          use: 'application@1.0.0',
          set: { vpc_id: '${network.vpc_id}', subnet_ids: '${network.subnet_ids}', queue: '${data.queue_arn}' },
        },
      },
      outputs: { group: { value: '${application.group_id}' } },
    },
    artifacts: {
      network: {
        boundary: 'networking',
        inputs: { cidr: text, name: text },
        source: `
variable "cidr" { type = string }
variable "name" { type = string }
resource "aws_vpc" "main" {
  cidr_block = var.cidr
  tags       = { Name = var.name }
}
resource "aws_subnet" "private" {
  count      = 2
  vpc_id     = aws_vpc.main.id
  cidr_block = cidrsubnet(var.cidr, 8, count.index)
}
output "vpc_id" { value = aws_vpc.main.id }
output "subnet_ids" { value = aws_subnet.private[*].id }
`,
      },
      data: {
        boundary: 'data',
        inputs: { name: text },
        source: `
variable "name" { type = string }
resource "aws_sqs_queue" "orders" {
  name = var.name
}
output "queue_arn" { value = aws_sqs_queue.orders.arn }
`,
      },
      application: {
        boundary: 'application',
        inputs: { vpc_id: text, subnet_ids: { type: 'array', items: text }, queue: text },
        source: `
variable "vpc_id" { type = string }
variable "subnet_ids" { type = list(string) }
variable "queue" { type = string }
resource "aws_security_group" "web" {
  name   = "web"
  vpc_id = var.vpc_id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/8"]
  }
  tags = { Queue = var.queue, Subnets = join(" ", var.subnet_ids) }
}
output "group_id" { value = aws_security_group.web.id }
`,
      },
    },
  };
}
