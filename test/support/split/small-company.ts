/** A root of three features in one state, as a small company has it; the tool needs no provider for it. */
export const smallCompany: Readonly<Record<string, string>> = {
  'main.tf': `# Shared by everything
locals {
  prefix = "acme-\${var.stage}"
}

variable "stage" {
  type    = string
  default = "test"
}
`,
  'network.tf': `# The network
resource "terraform_data" "network_vpc" {
  input = "\${local.prefix}-vpc"
}

resource "terraform_data" "network_subnet" {
  count = 2
  input = { vpc = terraform_data.network_vpc.id, number = count.index }
}

resource "terraform_data" "network_gateway" {
  input = terraform_data.network_vpc.id
}

resource "terraform_data" "network_routes" {
  input = [terraform_data.network_gateway.id, terraform_data.network_subnet[*].id]
}
`,
  'orders.tf': `# Orders
resource "terraform_data" "orders_queue" {
  input = "\${local.prefix}-orders"
}

resource "terraform_data" "orders_worker" {
  input = { queue = terraform_data.orders_queue.id, subnet = terraform_data.network_subnet[0].id }
}

resource "terraform_data" "orders_alarm" {
  input = terraform_data.orders_worker.id
}

resource "terraform_data" "orders_table" {
  input = terraform_data.orders_queue.output
}
`,
  'billing.tf': `# Billing
resource "terraform_data" "billing_topic" {
  input = "\${local.prefix}-billing"
}

resource "terraform_data" "billing_job" {
  input = { topic = terraform_data.billing_topic.id, orders = terraform_data.orders_queue.id }
}

resource "terraform_data" "billing_report" {
  input = terraform_data.billing_job.id
}

resource "terraform_data" "billing_archive" {
  input = terraform_data.billing_report.output
}

output "archive" {
  value = terraform_data.billing_archive.id
}
`,
};
