import type { Boundary } from '#shared/model/index.ts';
import { boundaryOfType, proposeBoundary } from '../../artifacts/boundary-table.ts';
import type { Declaration } from '../source/declarations.ts';
import type { CalledModule } from '../source/module-calls.ts';

/** Types that hold data which is lost with them. */
const statefulTypes =
  /^(aws_(db_instance|rds_cluster(_instance)?|rds_global_cluster|dynamodb_(global_)?table|s3_bucket|s3_directory_bucket|efs_file_system|fsx_\w+_file_system|ebs_volume|ebs_snapshot|elasticache_(cluster|replication_group|serverless_cache)|memorydb_cluster|redshift_cluster|redshiftserverless_namespace|docdb_cluster|neptune_cluster|opensearch_domain|elasticsearch_domain|msk_cluster|kinesis_stream|backup_vault|ecr_repository|glue_catalog_database|timestreamwrite_\w+|keyspaces_\w+|kms_key|secretsmanager_secret|cognito_user_pool|sqs_queue)|azurerm_(\w*sql\w*_(server|database|flexible_server)|cosmosdb_\w+|redis_cache|storage_(account|container|share)|managed_disk|key_vault|kusto_\w+|eventhub|container_registry)|google_(sql_database(_instance)?|spanner_\w+|bigquery_(dataset|table)|bigtable_\w+|storage_bucket|redis_instance|compute_(disk|region_disk)|filestore_instance|firestore_database|kms_crypto_key|secret_manager_secret|pubsub_(topic|subscription)|alloydb_\w+))$/;

/** Whether a resource type holds data that is lost with it. */
function isStatefulType(type: string): boolean {
  return statefulTypes.test(type);
}

/** What a member creates, as resource types with their blocks. */
function createdBy(
  declaration: Declaration,
  modules: ReadonlyMap<string, CalledModule>,
): Readonly<Record<string, number>> {
  return declaration.kind === 'module' ? (modules.get(declaration.address)?.creates ?? {}) : { [declaration.type]: 1 };
}

/** Whether a member holds data, itself or inside the module it calls. */
export function isStateful(declaration: Declaration, modules: ReadonlyMap<string, CalledModule>): boolean {
  return Object.keys(createdBy(declaration, modules)).some(isStatefulType);
}

/** The boundary of some members together. */
export function boundaryOfMembers(
  declarations: readonly Declaration[],
  modules: ReadonlyMap<string, CalledModule>,
): Boundary {
  const creates: Record<string, number> = {};
  for (const declaration of declarations) {
    for (const [type, count] of Object.entries(createdBy(declaration, modules))) {
      creates[type] = (creates[type] ?? 0) + count;
    }
  }
  return proposeBoundary(creates).boundary;
}

/** Whether a member is what runs rather than what keeps: machines, functions, services, balancers. */
export function isRunning(declaration: Declaration, modules: ReadonlyMap<string, CalledModule>): boolean {
  return Object.keys(createdBy(declaration, modules)).some((type) => {
    const place = boundaryOfType(type);
    return place !== null && !place.companion && (place.boundary === 'compute' || place.boundary === 'application');
  });
}
