import { ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { listed } from '../calls/aws-caller.ts';
import { itemPages } from '../calls/pages.ts';
import { type AwsContext, clientOf } from '../context.ts';

/** Names and settings of secrets. Their values are never asked for. */
export function listSecrets(context: AwsContext) {
  const client = clientOf(context, SecretsManagerClient);
  return itemPages(context, {
    permission: 'secretsmanager:ListSecrets',
    send: (NextToken, options) => client.send(new ListSecretsCommand({ MaxResults: 100, NextToken }), options),
    next: ({ NextToken }) => NextToken,
    items: ({ SecretList }) => listed(SecretList, 'SecretList'),
  });
}
