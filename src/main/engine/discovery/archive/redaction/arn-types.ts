/**
 * What ARNs call the type of a resource, as in a function's `function:NAME` and a key's `key/ID`. Anything else that
 * stands there may be a name that somebody chose: services are many, and with some of them a name comes first.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const types: ReadonlySet<string> = new Set(
  [
    'access-point accesspoint agent alarm alias analyzer apis assumed-role authorizer backup-plan backup-vault',
    'bucket budget build cache-policy canary capacity-provider catalog cell certificate certificate-authority',
    'channel cluster cluster-endpoint cluster-snapshot collection component config-aggregator config-rule',
    'configuration-recorder connection connector container-instance crawler customer-gateway dashboard data-catalog',
    'database dataset db db-proxy db-snapshot dbsnapshot deployment deploymentgroup detector dhcp-options directory',
    'distribution domain domainname egress-only-internet-gateway elastic-ip endpoint endpoint-config environment es',
    'event-bus event-source-mapping fargateprofile federated-user file-system firewall firewall-policy fleet',
    'flow-log function gateway global-cluster group guardrail healthcheck hostedzone identity identity-provider',
    'identitypool image inference-profile instance instance-profile integration internet-gateway ipam ipam-pool job',
    'job-definition job-queue key key-pair keyspace launch-template layer listener listener-rule loadbalancer',
    'log-group mesh mfa model natgateway network-acl network-interface nodegroup og oidc-provider organization',
    'origin-access-identity origin-request-policy ou parameter parametergroup permission-set pg pipe pipeline',
    'placement-group policy prefix-list profile project registry replication-instance replicationgroup repository',
    'resolver-endpoint resolver-rule resource-share restapis role route-table rule rulegroup saml-provider schedule',
    'schedule-group schema secgrp secret security-group server-certificate service session snapshot',
    'snapshot-copy-grant stack stackset stage state-machine stream subgrp subnet subnet-group subnetgroup',
    'subscription table targetgroup task task-definition task-set taskdefinition template topic trail training-job',
    'transit-gateway transit-gateway-attachment transit-gateway-route-table user userpool vault volume vpc',
    'vpc-endpoint vpc-endpoint-service vpc-peering-connection vpclink vpn-connection vpn-gateway webacl workflow',
    'workgroup workspace',
  ].flatMap((line) => line.split(' ')),
);

/** The type at the beginning of an ARN's resource, with the sign behind it; empty where none is known there. */
export function typeOfArnResource(resource: string): string {
  const [first = ''] = /^[a-z][a-z0-9-]*[/:]/u.exec(resource) ?? [];
  return types.has(first.slice(0, -1)) ? first : '';
}
