import type { PortSchema } from '#shared/model/index.ts';

/** Providers, by what their types begin with, whose attributes of the names below were looked at. */
const knownProviders: ReadonlySet<string> = new Set(
  'archive aws awscc azapi azuread azurerm cloudinit external google helm http kubernetes local null random terraform time tls'.split(
    ' ',
  ),
);

/** Whether anything is known of the types of a provider, by what their names begin with: `aws` of `aws_vpc`. */
export function isKnownProvider(prefix: string): boolean {
  return knownProviders.has(prefix);
}

/**
 * Attributes that are text in every resource type of these providers that has them. Provider schemas say all types
 * exactly, but are not at hand when a folder is read; what is not listed stays unknown rather than guessed.
 */
const texts: ReadonlySet<string> = new Set([
  'id',
  'arn',
  'name',
  'self_link',
  'url',
  'dns_name',
  'domain_name',
  'hosted_zone_id',
  'zone_id',
  'cidr_block',
  'fqdn',
  'region',
  'location',
  'bucket',
  'bucket_domain_name',
  'bucket_regional_domain_name',
  'invoke_arn',
  'function_name',
  'role',
  'unique_id',
  'key_id',
  'public_ip',
  'private_ip',
  'public_dns',
  'private_dns',
  'vpc_id',
  'subnet_id',
  'availability_zone',
  'owner_id',
  'account_id',
  'username',
  'password',
  'host',
  'hostname',
  'email',
  'kms_key_id',
  'master_username',
  'db_name',
  'arn_suffix',
  'default_security_group_id',
  'default_network_acl_id',
  'main_route_table_id',
  'default_route_table_id',
  'allocation_id',
  'execution_arn',
  'repository_url',
  'primary_endpoint_address',
  'reader_endpoint',
]);

const secretText: PortSchema = { type: 'string', 'x-sensitive': true };

const perType: Readonly<Record<string, PortSchema>> = {
  'random_password.result': secretText,
  'random_password.bcrypt_hash': secretText,
  'tls_private_key.private_key_pem': secretText,
  'tls_private_key.private_key_openssh': secretText,
  'aws_iam_access_key.secret': secretText,
  'aws_iam_access_key.ses_smtp_password_v4': secretText,
  'aws_secretsmanager_secret_version.secret_string': secretText,
  'aws_ssm_parameter.value': secretText,
  'aws_rds_cluster.master_password': secretText,
  'aws_db_instance.address': { type: 'string' },
  'aws_db_instance.endpoint': { type: 'string' },
  'aws_db_instance.port': { type: 'number' },
  'aws_db_instance.identifier': { type: 'string' },
  'aws_rds_cluster.endpoint': { type: 'string' },
  'aws_rds_cluster.port': { type: 'number' },
  'aws_lb_target_group.port': { type: 'number' },
  'aws_lb_listener.port': { type: 'number' },
  'aws_elasticache_replication_group.port': { type: 'number' },
  'aws_subnet.map_public_ip_on_launch': { type: 'boolean' },
  'aws_db_subnet_group.subnet_ids': { type: 'array', items: { type: 'string' }, uniqueItems: true },
  'aws_lb.subnets': { type: 'array', items: { type: 'string' }, uniqueItems: true },
  'aws_instance.vpc_security_group_ids': { type: 'array', items: { type: 'string' }, uniqueItems: true },
};

const secretAttributes: ReadonlySet<string> = new Set(['password', 'master_password', 'secret', 'private_key_pem']);

/**
 * The type of a resource's attribute as far as it is known without the provider's schema; empty when it is not. What is
 * called a password is a secret whoever provides it.
 */
export function attributeSchema(type: string, attribute: string): PortSchema {
  const exact = perType[`${type}.${attribute}`];
  if (exact !== undefined) return exact;
  const isKnown = knownProviders.has(type.split('_', 1)[0] ?? '');
  if (isKnown && (attribute === 'tags' || attribute === 'tags_all'))
    return { type: 'object', additionalProperties: { type: 'string' } };
  if (!texts.has(attribute)) return {};
  return {
    ...(isKnown ? { type: 'string' } : {}),
    ...(secretAttributes.has(attribute) ? { 'x-sensitive': true } : {}),
  };
}
