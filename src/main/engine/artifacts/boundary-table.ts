import type { Boundary } from '#shared/model/index.ts';

/** Where a resource type belongs, and whether it commonly comes along with others. */
export interface TypeBoundary {
  readonly boundary: Boundary;
  /** True for what artifacts of any boundary need to bring: roles, rules, log groups, keys, policies. */
  readonly companion: boolean;
}

type Row = readonly [pattern: string, boundary: Boundary, companion?: 'companion'];

/**
 * Resource types by prefix; the longest prefix that fits decides. A row ends a name or a word of it: `aws_lb` is
 * `aws_lb` and `aws_lb_listener`, not `aws_lbx`.
 */
const rows: readonly Row[] = [
  // Amazon: networks
  ['aws_vpc', 'networking'],
  ['aws_default', 'networking'],
  ['aws_subnet', 'networking'],
  ['aws_route', 'networking'],
  ['aws_route53', 'networking', 'companion'],
  ['aws_main_route_table_association', 'networking'],
  ['aws_internet_gateway', 'networking'],
  ['aws_egress_only_internet_gateway', 'networking'],
  ['aws_nat_gateway', 'networking'],
  ['aws_eip', 'networking', 'companion'],
  ['aws_network', 'networking'],
  ['aws_network_interface', 'networking', 'companion'],
  ['aws_networkfirewall', 'networking'],
  ['aws_security_group', 'networking', 'companion'],
  ['aws_vpn', 'networking'],
  ['aws_customer_gateway', 'networking'],
  ['aws_dx', 'networking'],
  ['aws_ec2_transit_gateway', 'networking'],
  ['aws_ec2_managed_prefix_list', 'networking', 'companion'],
  ['aws_flow_log', 'networking', 'companion'],
  ['aws_globalaccelerator', 'networking'],
  ['aws_cloudfront', 'networking', 'companion'],
  // Amazon: data
  ['aws_db', 'data'],
  ['aws_rds', 'data'],
  ['aws_dynamodb', 'data'],
  ['aws_elasticache', 'data'],
  ['aws_memorydb', 'data'],
  ['aws_redshift', 'data'],
  ['aws_docdb', 'data'],
  ['aws_neptune', 'data'],
  ['aws_opensearch', 'data'],
  ['aws_elasticsearch', 'data'],
  ['aws_s3', 'data', 'companion'],
  ['aws_efs', 'data'],
  ['aws_fsx', 'data'],
  ['aws_backup', 'data', 'companion'],
  ['aws_glue', 'data'],
  ['aws_athena', 'data'],
  ['aws_lakeformation', 'data'],
  ['aws_dms', 'data'],
  ['aws_kinesis', 'data'],
  ['aws_msk', 'data'],
  // Amazon: compute
  ['aws_instance', 'compute'],
  ['aws_launch', 'compute'],
  ['aws_autoscaling', 'compute'],
  ['aws_ami', 'compute'],
  ['aws_ebs', 'compute', 'companion'],
  ['aws_volume_attachment', 'compute', 'companion'],
  ['aws_key_pair', 'compute', 'companion'],
  ['aws_placement_group', 'compute', 'companion'],
  ['aws_eks', 'compute'],
  ['aws_batch', 'compute'],
  // Amazon: application
  ['aws_lb', 'application'],
  ['aws_alb', 'application'],
  ['aws_elb', 'application'],
  ['aws_ecs', 'application'],
  ['aws_ecr', 'application', 'companion'],
  ['aws_lambda', 'application'],
  ['aws_api_gateway', 'application'],
  ['aws_apigatewayv2', 'application'],
  ['aws_appautoscaling', 'application', 'companion'],
  ['aws_apprunner', 'application'],
  ['aws_appsync', 'application'],
  ['aws_elastic_beanstalk', 'application'],
  ['aws_sqs', 'application', 'companion'],
  ['aws_sns', 'application', 'companion'],
  ['aws_mq', 'application'],
  ['aws_ses', 'application'],
  ['aws_sesv2', 'application'],
  ['aws_sfn', 'application'],
  ['aws_service_discovery', 'application', 'companion'],
  ['aws_ssm', 'application', 'companion'],
  // Amazon: security, identity, observability
  ['aws_kms', 'security', 'companion'],
  ['aws_secretsmanager', 'security', 'companion'],
  ['aws_acm', 'security', 'companion'],
  ['aws_acmpca', 'security'],
  ['aws_waf', 'security'],
  ['aws_wafv2', 'security'],
  ['aws_wafregional', 'security'],
  ['aws_shield', 'security'],
  ['aws_guardduty', 'security'],
  ['aws_securityhub', 'security'],
  ['aws_inspector', 'security'],
  ['aws_inspector2', 'security'],
  ['aws_macie', 'security'],
  ['aws_macie2', 'security'],
  ['aws_config', 'security'],
  ['aws_iam', 'identity', 'companion'],
  ['aws_ssoadmin', 'identity'],
  ['aws_identitystore', 'identity'],
  ['aws_cognito', 'identity'],
  ['aws_organizations', 'identity'],
  ['aws_cloudwatch', 'observability', 'companion'],
  ['aws_cloudtrail', 'observability'],
  ['aws_xray', 'observability'],
  ['aws_prometheus', 'observability'],
  ['aws_grafana', 'observability'],
  ['aws_cloudwatch_dashboard', 'observability', 'companion'],
  // Azure
  ['azurerm_resource_group', 'platform', 'companion'],
  ['azurerm_virtual', 'networking'],
  ['azurerm_virtual_machine', 'compute'],
  ['azurerm_subnet', 'networking'],
  ['azurerm_network', 'networking'],
  ['azurerm_network_interface', 'networking', 'companion'],
  ['azurerm_network_security', 'networking', 'companion'],
  ['azurerm_route', 'networking'],
  ['azurerm_public_ip', 'networking', 'companion'],
  ['azurerm_private', 'networking', 'companion'],
  ['azurerm_nat_gateway', 'networking'],
  ['azurerm_firewall', 'networking'],
  ['azurerm_dns', 'networking', 'companion'],
  ['azurerm_postgresql', 'data'],
  ['azurerm_mysql', 'data'],
  ['azurerm_mssql', 'data'],
  ['azurerm_cosmosdb', 'data'],
  ['azurerm_redis', 'data'],
  ['azurerm_storage', 'data', 'companion'],
  ['azurerm_linux_virtual_machine', 'compute'],
  ['azurerm_windows_virtual_machine', 'compute'],
  ['azurerm_kubernetes', 'compute'],
  ['azurerm_managed_disk', 'compute', 'companion'],
  ['azurerm_app_service', 'application'],
  ['azurerm_service_plan', 'application', 'companion'],
  ['azurerm_linux_web_app', 'application'],
  ['azurerm_windows_web_app', 'application'],
  ['azurerm_linux_function_app', 'application'],
  ['azurerm_container', 'application'],
  ['azurerm_lb', 'application'],
  ['azurerm_application_gateway', 'application'],
  ['azurerm_servicebus', 'application', 'companion'],
  ['azurerm_eventhub', 'application', 'companion'],
  ['azurerm_key_vault', 'security', 'companion'],
  ['azurerm_role', 'identity', 'companion'],
  ['azurerm_user_assigned_identity', 'identity', 'companion'],
  ['azurerm_log_analytics', 'observability', 'companion'],
  ['azurerm_monitor', 'observability', 'companion'],
  ['azurerm_application_insights', 'observability', 'companion'],
  // Google
  ['google_compute', 'compute'],
  ['google_compute_network', 'networking'],
  ['google_compute_subnetwork', 'networking'],
  ['google_compute_router', 'networking'],
  ['google_compute_route', 'networking'],
  ['google_compute_firewall', 'networking', 'companion'],
  ['google_compute_address', 'networking', 'companion'],
  ['google_compute_global_address', 'networking', 'companion'],
  ['google_compute_backend_service', 'application'],
  ['google_compute_url_map', 'application'],
  ['google_compute_forwarding_rule', 'application'],
  ['google_compute_global_forwarding_rule', 'application'],
  ['google_dns', 'networking', 'companion'],
  ['google_sql', 'data'],
  ['google_spanner', 'data'],
  ['google_bigquery', 'data'],
  ['google_bigtable', 'data'],
  ['google_redis', 'data'],
  ['google_firestore', 'data'],
  ['google_storage', 'data', 'companion'],
  ['google_container', 'compute'],
  ['google_cloud_run', 'application'],
  ['google_cloud_run_v2', 'application'],
  ['google_cloudfunctions', 'application'],
  ['google_cloudfunctions2', 'application'],
  ['google_pubsub', 'application', 'companion'],
  ['google_kms', 'security', 'companion'],
  ['google_secret_manager', 'security', 'companion'],
  ['google_project', 'identity'],
  ['google_project_service', 'platform', 'companion'],
  ['google_project_iam', 'identity', 'companion'],
  ['google_service_account', 'identity', 'companion'],
  ['google_logging', 'observability', 'companion'],
  ['google_monitoring', 'observability', 'companion'],
  // Helpers that create nothing in a cloud
  ['random', 'platform', 'companion'],
  ['null', 'platform', 'companion'],
  ['time', 'platform', 'companion'],
  ['tls', 'security', 'companion'],
  ['terraform_data', 'platform', 'companion'],
  ['local', 'platform', 'companion'],
  ['archive', 'platform', 'companion'],
];

const table: ReadonlyMap<string, TypeBoundary> = new Map(
  rows.map(([prefix, boundary, companion]) => [prefix, { boundary, companion: companion === 'companion' }]),
);

/** Where a resource type belongs, or null when the table does not know it. */
export function boundaryOfType(type: string): TypeBoundary | null {
  for (let end = type.length; end > 0; end = type.lastIndexOf('_', end - 1)) {
    const row = table.get(type.slice(0, end));
    if (row !== undefined) return row;
  }
  return null;
}

/**
 * The boundary an artifact most likely has, from what it creates: the one most of its resources belong to, where
 * resources that accompany others count only when there is nothing else. `platform` when nothing is known.
 */
export function proposeBoundary(creates: Readonly<Record<string, number>>): Boundary {
  for (const companions of [false, true]) {
    const weights = new Map<Boundary, number>();
    for (const [type, blocks] of Object.entries(creates)) {
      const row = boundaryOfType(type);
      if (row !== null && row.companion === companions && row.boundary !== 'platform') {
        weights.set(row.boundary, (weights.get(row.boundary) ?? 0) + blocks);
      }
    }
    // Equal weights: the boundary whose resources stand first in the sources, which is the order of `creates`.
    const [best] = [...weights].sort(([, left], [, right]) => right - left);
    if (best !== undefined) return best[0];
  }
  return 'platform';
}
