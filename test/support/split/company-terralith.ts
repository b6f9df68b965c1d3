/** Features of the company; each has a file, and things of it stand in files for kinds of things as well. */
const features = [
  'orders',
  'billing',
  'catalogue',
  'customers',
  'shipping',
  'returns',
  'search',
  'pricing',
  'loyalty',
  'payments',
  'refunds',
  'inventory',
  'warehouse',
  'suppliers',
  'reviews',
  'support',
  'mailing',
  'reports',
  'audit',
  'partners',
  'invoicing',
  'forecast',
  'tracking',
  'archive',
] as const;

const services = ['cloudwatchlogs', 'dynamodb', 'ec2', 'iam', 'kms', 'sns', 'sqs', 'ssm', 'sts'] as const;

function neighbour(number: number, distance: number): string {
  return features[(number + distance + features.length) % features.length] ?? '';
}

function tags(name: string, feature: string, purpose: string): string {
  return `  tags = {
    Name        = "\${local.prefix}-${name}"
    Feature     = "${feature}"
    Purpose     = "${purpose}"
    Environment = "\${var.stage}"
    Team        = "\${local.teams["${feature}"]}"
    CostCentre  = "\${local.cost_centres["${feature}"]}"
    ManagedBy   = "terraform"
    Repository  = "company/infrastructure"
  }
`;
}

function provider(alias: string | null, region: string): string {
  const endpoints = services.map((service) => `    ${service} = var.endpoint`).join('\n');
  return `provider "aws" {
${alias === null ? '' : `  alias                       = "${alias}"\n`}  region                      = "${region}"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true

  endpoints {
${endpoints}
  }
}
`;
}

function shared(endpoint: string): Readonly<Record<string, string>> {
  const table = (values: (feature: string, number: number) => string): string =>
    features.map((feature, number) => `    ${feature} = "${values(feature, number)}"`).join('\n');
  return {
    'providers.tf': `# One provider for everything, and one for what has to be elsewhere.
${provider(null, 'eu-west-1')}
${provider('audit', 'us-east-1')}`,
    'variables.tf': `variable "stage" {
  type    = string
  default = "production"
}

# Where the cloud answers.
variable "endpoint" {
  type    = string
  default = "${endpoint}"
}

variable "retention" {
  type    = number
  default = 30
}
`,
    'locals.tf': `locals {
  prefix  = "acme-\${var.stage}"
  account = data.aws_caller_identity.current.account_id
  region  = data.aws_region.current.name
  vpc_id  = aws_vpc.main.id # everybody goes through this one

  # Kinds of logs that every worker writes.
  log_kinds = toset(["application", "access"])

  teams = {
${table((_, number) => `team-${number % 5}`)}
  }

  cost_centres = {
${table((_, number) => `cc-${1000 + number}`)}
  }
}
`,
    'data.tf': `data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

# Who may become a worker.
data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ec2.amazonaws.com"]
    }
  }
}
`,
    'network.tf': `###########
# Network #
###########

resource "aws_vpc" "main" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true

${tags('main', 'orders', 'network')}}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id

${tags('main', 'orders', 'way out')}}

resource "aws_sns_topic" "alarms" {
  name = "\${local.prefix}-alarms"
}

module "trail" {
  source    = "./modules/trail"
  name      = "\${local.prefix}-trail"
  retention = var.retention

  providers = {
    aws = aws.audit
  }
}
`,
    'modules/trail/main.tf': `variable "name" { type = string }
variable "retention" { type = number }

resource "aws_cloudwatch_log_group" "this" {
  name              = "/trail/\${var.name}"
  retention_in_days = var.retention
}

resource "aws_sqs_queue" "this" {
  name = "\${var.name}-events"
}

output "queue" { value = aws_sqs_queue.this.arn }
`,
    'modules/store/main.tf': `# A table with a parameter that says its name.
variable "name" { type = string }

resource "aws_dynamodb_table" "this" {
  name           = var.name
  billing_mode   = "PROVISIONED"
  read_capacity  = 1
  write_capacity = 1
  hash_key       = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_ssm_parameter" "name" {
  name  = "/\${var.name}/table"
  type  = "String"
  value = aws_dynamodb_table.this.name
}

output "arn" { value = aws_dynamodb_table.this.arn }
output "name" { value = aws_dynamodb_table.this.name }
`,
  };
}

/** The rules of one feature that a policy spells out, one statement per action, as they grow over the years. */
function statements(resource: string, actions: readonly string[]): string {
  return actions
    .map(
      (action, at) => `    {
      "Sid": "Allow${at}",
      "Effect": "Allow",
      "Action": [
        "${action}"
      ],
      "Resource": [
        "${resource}"
      ]
    }`,
    )
    .join(',\n');
}

function policy(resource: string, actions: readonly string[]): string {
  return `<<POLICY
{
  "Version": "2012-10-17",
  "Statement": [
${statements(resource, actions)}
  ]
}
POLICY
`;
}

const queueActions = [
  'sqs:SendMessage',
  'sqs:PurgeQueue',
  'sqs:ListDeadLetterSourceQueues',
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:ChangeMessageVisibility',
  'sqs:GetQueueAttributes',
];
const topicActions = ['sns:Publish', 'sns:GetTopicAttributes', 'sns:ListSubscriptionsByTopic'];
const tableActions = [
  'dynamodb:BatchGetItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:Scan',
  'dynamodb:DescribeTable',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
];

function feature(name: string, number: number): string {
  const [next, before] = [neighbour(number, 1), neighbour(number, -1)];
  return `#${'#'.repeat(name.length + 2)}#
# ${name} #
#${'#'.repeat(name.length + 2)}#

# What could not be handled in ten attempts.
resource "aws_sqs_queue" "${name}_dead" {
  name                      = "\${local.prefix}-${name}-dead"
  message_retention_seconds = 1209600

${tags(`${name}-dead`, name, 'messages that failed')}}

resource "aws_sqs_queue" "${name}_events" {
  name                       = "\${local.prefix}-${name}-events"
  visibility_timeout_seconds = ${30 + number}

  redrive_policy = <<JSON
{"deadLetterTargetArn":"\${aws_sqs_queue.${name}_dead.arn}","maxReceiveCount":10}
JSON

${tags(`${name}-events`, name, 'events to handle')}}

resource "aws_sns_topic" "${name}_updates" {
  name         = "\${local.prefix}-${name}-updates"
  display_name = "${name}"
}

# ${next} wants to know.
resource "aws_sns_topic_subscription" "${name}_to_${next}" {
  topic_arn = aws_sns_topic.${name}_updates.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.${next}_events.arn
}

module "${name}_store" {
  source = "./modules/store"
  name   = "\${local.prefix}-${name}"
}

resource "aws_subnet" "${name}" {
  count      = 2
  vpc_id     = local.vpc_id
  cidr_block = "10.0.\${${number} * 4 + count.index}.0/24"

${tags(`${name}-\${count.index}`, name, 'workers')}}

resource "aws_security_group" "${name}_worker" {
  name        = "\${local.prefix}-${name}-worker"
  description = "Workers of ${name}"
  vpc_id      = local.vpc_id

${tags(`${name}-worker`, name, 'workers')}}

resource "aws_security_group" "${name}_store" {
  name        = "\${local.prefix}-${name}-store"
  description = "Stores of ${name}"
  vpc_id      = local.vpc_id

${tags(`${name}-store`, name, 'stores')}}

resource "aws_cloudwatch_log_group" "${name}" {
  for_each          = local.log_kinds
  name              = "/\${local.prefix}/${name}/\${each.key}"
  retention_in_days = var.retention

${tags(`${name}-\${each.key}`, name, 'logs')}}

# Where ${name} finds the events of ${before}.
resource "aws_ssm_parameter" "${name}_upstream" {
  name  = "/\${local.prefix}/${name}/upstream"
  type  = "String"
  value = aws_sqs_queue.${before}_events.id

${tags(`${name}-upstream`, name, 'wiring')}}

resource "aws_ssm_parameter" "${name}_network" {
  name  = "/\${local.prefix}/${name}/network"
  type  = "String"
  value = join(",", aws_subnet.${name}[*].id)

${tags(`${name}-network`, name, 'wiring')}}

resource "aws_iam_policy" "${name}_consume" {
  name   = "\${local.prefix}-${name}-consume"
  policy = ${policy(`\${aws_sqs_queue.${name}_events.arn}`, queueActions)}}

resource "aws_iam_policy" "${name}_publish" {
  name   = "\${local.prefix}-${name}-publish"
  policy = ${policy(`\${aws_sns_topic.${name}_updates.arn}`, topicActions)}}
`;
}

/** Roles of everybody, in one file that grew. */
function roles(): string {
  return features
    .map((name, number) => {
      const other = neighbour(number, 5);
      return `# The worker of ${name}; it reads the store of ${other} too.
resource "aws_iam_role" "${name}_worker" {
  name               = "\${local.prefix}-${name}-worker"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}

resource "aws_iam_role_policy" "${name}_worker" {
  name   = "${name}"
  role   = aws_iam_role.${name}_worker.id
  policy = ${policy(`\${module.${name}_store.arn}`, tableActions)}}

resource "aws_iam_role_policy" "${name}_reads_${other}" {
  name   = "reads-${other}"
  role   = aws_iam_role.${name}_worker.id
  policy = ${policy(`\${module.${other}_store.arn}`, tableActions.slice(0, 1))}}

resource "aws_iam_role_policy_attachment" "${name}_consume" {
  role       = aws_iam_role.${name}_worker.name
  policy_arn = aws_iam_policy.${name}_consume.arn
}

resource "aws_iam_role_policy_attachment" "${name}_publish" {
  role       = aws_iam_role.${name}_worker.name
  policy_arn = aws_iam_policy.${name}_publish.arn
}
`;
    })
    .join('\n');
}

function outputs(): string {
  return features
    .map(
      (name) => `output "${name}" {
  description = "What others need of ${name}"

  value = {
    queue = aws_sqs_queue.${name}_events.id
    topic = aws_sns_topic.${name}_updates.arn
    table = module.${name}_store.name
    role  = aws_iam_role.${name}_worker.arn
  }
}
`,
    )
    .join('\n');
}

/**
 * The monolithic root of a company in the vocabulary of the real AWS provider, tangled on purpose: everything shares
 * locals, a network and a file of roles; features refer to their neighbours both ways.
 */
export function companyTerralith(endpoint: string): Readonly<Record<string, string>> {
  return {
    ...shared(endpoint),
    ...Object.fromEntries(features.map((name, number) => [`${name}.tf`, feature(name, number)])),
    'iam.tf': roles(),
    'outputs.tf': outputs(),
  };
}
