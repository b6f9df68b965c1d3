import { awsConfigFormat } from './aws-config/format.ts';
import { awsConfigQueryFormat } from './aws-config/query-format.ts';
import { cloudAssetFormat } from './cloud-asset/format.ts';
import { factsArchiveFormat } from './facts-archive/format.ts';
import type { OfflineFormat } from './offline-format.ts';
import { resourceGraphCsvFormat } from './resource-graph/csv-format.ts';
import { resourceGraphFormat } from './resource-graph/format.ts';
import { terraformPlanFormat, terraformStateFormat } from './terraform/format.ts';

/** Every export that can be read, the most particular first; a new format is added here. */
export const offlineFormats: readonly OfflineFormat[] = [
  factsArchiveFormat,
  terraformStateFormat,
  terraformPlanFormat,
  awsConfigFormat,
  awsConfigQueryFormat,
  cloudAssetFormat,
  resourceGraphFormat,
  resourceGraphCsvFormat,
];
