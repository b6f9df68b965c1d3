import { body, incidental, reference, scalar, secret, set, text } from '../readings.ts';
import type { ResourceMapping, TypeAbout } from './mapping.ts';
import { rawOf } from './raw.ts';
import { tagsOf } from './tags.ts';

const subnetGroup: ResourceMapping = {
  kind: 'aws.rds.subgrp',
  convert(fact) {
    const raw = rawOf(fact.raw);
    const name = raw.text('DBSubnetGroupName') ?? fact.nativeId;
    if (name === 'default') return { leftOut: 'The default subnet group, which AWS makes itself.' };
    return {
      parts: [
        {
          type: 'aws_db_subnet_group',
          name,
          importId: name,
          identities: { name, id: name, arn: fact.id },
          body: body({
            name: text(name),
            description: text(raw.text('DBSubnetGroupDescription')),
            subnet_ids: set(
              raw.list('Subnets').map((subnet) => reference('aws_subnet', subnet.text('SubnetIdentifier'))),
            ),
            tags: tagsOf(fact),
          }),
        },
      ],
    };
  },
};

const database: ResourceMapping = {
  kind: 'aws.rds.db',
  convert(fact, { dialect }) {
    const raw = rawOf(fact.raw);
    const identifier = raw.text('DBInstanceIdentifier') ?? fact.nativeId;
    if (raw.text('DBClusterIdentifier') !== null)
      return { leftOut: 'Members of a database cluster are not written as code yet.' };
    const named = dialect.has('aws_db_instance', 'db_name') ? 'db_name' : 'name';
    const custom = (name: string | null) => (name === null || name.startsWith('default') ? undefined : text(name));
    return {
      parts: [
        {
          type: 'aws_db_instance',
          name: identifier,
          importId: identifier,
          identities: { id: identifier, arn: fact.id, address: raw.text('Endpoint.Address') ?? '' },
          body: body({
            identifier: text(identifier),
            engine: text(raw.text('Engine')),
            engine_version: text(raw.text('EngineVersion')),
            instance_class: text(raw.text('DBInstanceClass')),
            allocated_storage: scalar(raw.number('AllocatedStorage')),
            storage_type: text(raw.text('StorageType')),
            iops: scalar(raw.number('Iops') === 0 ? null : raw.number('Iops')),
            storage_encrypted: scalar(raw.flag('StorageEncrypted')),
            kms_key_id: reference('aws_kms_key', raw.text('KmsKeyId')),
            [named]: text(raw.text('DBName')),
            username: text(raw.text('MasterUsername')),
            password: secret('password'),
            port: incidental(scalar(raw.number('Endpoint.Port'))),
            multi_az: scalar(raw.flag('MultiAZ')),
            publicly_accessible: scalar(raw.flag('PubliclyAccessible')),
            db_subnet_group_name: reference('aws_db_subnet_group', raw.text('DBSubnetGroup.DBSubnetGroupName')),
            vpc_security_group_ids: set(
              raw
                .list('VpcSecurityGroups')
                .map((group) => reference('aws_security_group', group.text('VpcSecurityGroupId'))),
            ),
            parameter_group_name: custom(raw.text('DBParameterGroups.0.DBParameterGroupName')),
            option_group_name: custom(raw.text('OptionGroupMemberships.0.OptionGroupName')),
            backup_retention_period: scalar(raw.number('BackupRetentionPeriod')),
            backup_window: incidental(text(raw.text('PreferredBackupWindow'))),
            maintenance_window: incidental(text(raw.text('PreferredMaintenanceWindow')?.toLowerCase())),
            auto_minor_version_upgrade: scalar(raw.flag('AutoMinorVersionUpgrade')),
            copy_tags_to_snapshot: scalar(raw.flag('CopyTagsToSnapshot')),
            deletion_protection: scalar(raw.flag('DeletionProtection')),
            iam_database_authentication_enabled: scalar(raw.flag('IAMDatabaseAuthenticationEnabled')),
            monitoring_interval: scalar(raw.number('MonitoringInterval')),
            monitoring_role_arn: reference('aws_iam_role', raw.text('MonitoringRoleArn')),
            skip_final_snapshot: scalar(false),
            final_snapshot_identifier: text(`${identifier}-final`),
            tags: tagsOf(fact),
          }),
        },
      ],
    };
  },
};

export const databaseMappings: readonly ResourceMapping[] = [subnetGroup, database];

const onlyAtDeletion = 'Says only what the tool does when it deletes the database; AWS keeps no such setting.';

export const databaseTypes: readonly TypeAbout[] = [
  { type: 'aws_db_subnet_group', noun: 'subnet_group', boundary: 'data' },
  {
    type: 'aws_db_instance',
    noun: 'database',
    boundary: 'data',
    defaults: {
      auto_minor_version_upgrade: true,
      copy_tags_to_snapshot: false,
      deletion_protection: false,
      iam_database_authentication_enabled: false,
      monitoring_interval: 0,
      publicly_accessible: false,
    },
    choices: ['instance_class', 'storage_type'],
    stateOnly: [
      { attribute: 'password', why: 'AWS never shows it; the running database keeps the one it has.' },
      { attribute: 'skip_final_snapshot', why: onlyAtDeletion },
      { attribute: 'final_snapshot_identifier', why: onlyAtDeletion },
    ],
  },
];
