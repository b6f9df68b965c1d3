/** A network with what people change by hand. */
export const networkModule = {
  'main.tf': `terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "1.60.0" }
  }
}

resource "aws_vpc" "main" {
  cidr_block           = var.cidr
  enable_dns_hostnames = true
  tags                 = { Name = var.name }
}

resource "aws_subnet" "public" {
  for_each = var.subnets

  vpc_id                  = aws_vpc.main.id
  cidr_block              = cidrsubnet(aws_vpc.main.cidr_block, 8, each.value.number)
  availability_zone       = "us-east-1\${each.key}"
  map_public_ip_on_launch = each.value.public
  tags                    = { Name = "\${var.name}-\${each.key}" }
}

# Who may reach the web servers.
resource "aws_security_group" "web" {
  name        = "\${var.name}-web"
  description = "Web"
  vpc_id      = aws_vpc.main.id
  tags        = { Name = "web" }

  # The whole world, over TLS.
  ingress {
    description = "web"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }

  lifecycle {
    ignore_changes = [revoke_rules_on_delete]
  }
}

resource "aws_security_group" "data" {
  name        = "\${var.name}-data"
  description = "Data"
  vpc_id      = aws_vpc.main.id
}

resource "aws_security_group_rule" "data" {
  type                     = "ingress"
  from_port                = 5432
  to_port                  = 5432
  protocol                 = "tcp"
  security_group_id        = aws_security_group.data.id
  source_security_group_id = aws_security_group.web.id
}

resource "aws_sqs_queue" "jobs" {
  name                       = "\${var.name}-jobs"
  visibility_timeout_seconds = var.visibility
}
`,
  'variables.tf': `variable "name" {
  type = string
}

variable "cidr" {
  type = string
}

variable "subnets" {
  type = map(object({ number = number, public = bool }))
}

variable "visibility" {
  type    = number
  default = 60
}
`,
} as const;

export const networkVariables = {
  name: 'shop',
  cidr: '10.20.0.0/16',
  subnets: { a: { number: 0, public: true }, b: { number: 1, public: true } },
};

export const networkInputs = {
  name: { type: 'string', default: 'shop' },
  cidr: { type: 'string' },
  subnets: { type: 'object' },
} as const;

export const networkSet = { name: '${inputs.name}', cidr: '${inputs.cidr}', subnets: '${inputs.subnets}' };

/** Resources that write into others once those exist: the others' states were written before. */
export const partsModule = {
  'main.tf': `terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "1.60.0" }
  }
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "main" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route_table" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route" "out" {
  route_table_id         = aws_route_table.main.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.main.id
}

resource "aws_eip" "nat" {
  vpc = true
}

resource "aws_nat_gateway" "main" {
  allocation_id = aws_eip.nat.id
  subnet_id     = aws_subnet.main.id
}

resource "aws_security_group" "web" {
  name   = "web"
  vpc_id = aws_vpc.main.id
}

resource "aws_security_group_rule" "in" {
  type              = "ingress"
  from_port         = 80
  to_port           = 80
  protocol          = "tcp"
  cidr_blocks       = ["10.0.0.0/8", "192.168.0.0/16"]
  security_group_id = aws_security_group.web.id
}

resource "aws_security_group_rule" "self" {
  type              = "ingress"
  from_port         = 0
  to_port           = 0
  protocol          = "-1"
  self              = true
  security_group_id = aws_security_group.web.id
}

resource "aws_sns_topic" "events" {
  name = "events"
}

resource "aws_sns_topic_policy" "events" {
  arn = aws_sns_topic.events.arn
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "sns:Publish", Resource = aws_sns_topic.events.arn }]
  })
}

resource "aws_iam_role" "machine" {
  name = "machine"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

resource "aws_iam_instance_profile" "machine" {
  name = "machine"
  role = aws_iam_role.machine.name
}
`,
} as const;
