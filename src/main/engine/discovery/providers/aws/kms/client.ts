import {
  type AliasListEntry,
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  type KeyListEntry,
  type KeyMetadata,
  ListAliasesCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
} from '@aws-sdk/client-kms';
import { listed } from '../calls/aws-caller.ts';
import { type AwsContext, clientOf, type ItemPage } from '../context.ts';
import { DetailReader } from '../calls/detail-reader.ts';
import { everyItem, pagesOf } from '../calls/pages.ts';

export interface DetailedKey {
  readonly entry: KeyListEntry;
  readonly metadata: KeyMetadata | null;
  /** Null for keys that cannot rotate and where it could not be read. */
  readonly rotation: boolean | null;
  readonly policy: string | null;
  readonly aliases: readonly AliasListEntry[];
  readonly tags: Readonly<Record<string, string>>;
}

export async function* listKeys(context: AwsContext): AsyncGenerator<ItemPage<DetailedKey>> {
  const kms = clientOf(context, KMSClient);
  const details = new DetailReader(context);
  const aliases = await everyAlias(context);
  const pages = pagesOf(context.caller, {
    permission: 'kms:ListKeys',
    send: (Marker, options) => kms.send(new ListKeysCommand({ Limit: 1000, Marker }), options),
    next: (output) => (output.Truncated === true ? output.NextMarker : undefined),
  });
  for await (const { Keys } of pages) {
    yield* details.inParts(listed(Keys, 'Keys'), async (entry) => ({
      ...(await detailsOf(kms, details, entry)),
      aliases: aliases.filter(({ TargetKeyId }) => TargetKeyId !== undefined && TargetKeyId === entry.KeyId),
    }));
  }
}

/** Every alias of the place; read once for all that ask. */
export function everyAlias(context: AwsContext): Promise<readonly AliasListEntry[]> {
  const kms = clientOf(context, KMSClient);
  return context.session.once(`kms.aliases ${context.place.region}`, () =>
    everyItem(
      pagesOf(context.caller, {
        permission: 'kms:ListAliases',
        send: (Marker, options) => kms.send(new ListAliasesCommand({ Limit: 100, Marker }), options),
        next: (output) => (output.Truncated === true ? output.NextMarker : undefined),
      }),
      ({ Aliases }) => listed(Aliases, 'Aliases'),
    ),
  );
}

async function detailsOf(
  kms: KMSClient,
  details: DetailReader,
  entry: KeyListEntry,
): Promise<Omit<DetailedKey, 'aliases'>> {
  const { KeyId } = entry;
  const gone = ['NotFoundException'];
  const described = await details.read({
    permission: 'kms:DescribeKey',
    gone,
    send: (options) => kms.send(new DescribeKeyCommand({ KeyId }), options),
  });
  const metadata = described?.KeyMetadata ?? null;
  // Asking for these on a key that AWS keeps for itself, or that is about to be deleted, only makes denials.
  const ours = metadata !== null && metadata.KeyManager !== 'AWS' && metadata.KeyState !== 'PendingDeletion';
  const rotation = ours
    ? await details.read({
        permission: 'kms:GetKeyRotationStatus',
        absent: ['UnsupportedOperationException', 'KMSInvalidStateException'],
        gone,
        send: (options) => kms.send(new GetKeyRotationStatusCommand({ KeyId }), options),
      })
    : null;
  const policy = await details.read({
    permission: 'kms:GetKeyPolicy',
    gone,
    send: (options) => kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }), options),
  });
  const tags = ours
    ? await details.read({
        permission: 'kms:ListResourceTags',
        gone,
        send: (options) => kms.send(new ListResourceTagsCommand({ KeyId }), options),
      })
    : null;
  return {
    entry,
    metadata,
    rotation: rotation?.KeyRotationEnabled ?? null,
    policy: policy?.Policy ?? null,
    tags: Object.fromEntries((tags?.Tags ?? []).map(({ TagKey, TagValue }) => [TagKey ?? '', TagValue ?? ''])),
  };
}
