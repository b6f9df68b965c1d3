import { awsConfigFormat } from './aws-config/format.ts';
import { awsConfigQueryFormat } from './aws-config/query-format.ts';
import type { OfflineFormat } from './offline-format.ts';

/** Every export that can be read, the most particular first; a new format is added here. */
export const offlineFormats: readonly OfflineFormat[] = [awsConfigFormat, awsConfigQueryFormat];
