/** Types that hold data which is lost with them. */
const statefulTypes =
  /^(aws_(db_instance|rds_cluster(_instance)?|rds_global_cluster|dynamodb_(global_)?table|s3_bucket|s3_directory_bucket|efs_file_system|fsx_\w+_file_system|ebs_volume|ebs_snapshot|elasticache_(cluster|replication_group|serverless_cache)|memorydb_cluster|redshift_cluster|redshiftserverless_namespace|docdb_cluster|neptune_cluster|opensearch_domain|elasticsearch_domain|msk_cluster|kinesis_stream|backup_vault|ecr_repository|glue_catalog_database|timestreamwrite_\w+|keyspaces_\w+|kms_key|secretsmanager_secret|cognito_user_pool|sqs_queue)|azurerm_(\w*sql\w*_(server|database|flexible_server)|cosmosdb_\w+|redis_cache|storage_(account|container|share)|managed_disk|key_vault|kusto_\w+|eventhub|container_registry)|google_(sql_database(_instance)?|spanner_\w+|bigquery_(dataset|table)|bigtable_\w+|storage_bucket|redis_instance|compute_(disk|region_disk)|filestore_instance|firestore_database|kms_crypto_key|secret_manager_secret|pubsub_(topic|subscription)|alloydb_\w+))$/;

/** Whether a resource type holds data that is lost with it. */
export function isStatefulType(type: string): boolean {
  return statefulTypes.test(type);
}
