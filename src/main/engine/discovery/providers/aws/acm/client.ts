import {
  ACMClient,
  type CertificateDetail,
  type CertificateSummary,
  DescribeCertificateCommand,
  type KeyAlgorithm,
  ListCertificatesCommand,
  ListTagsForCertificateCommand,
} from '@aws-sdk/client-acm';
import { listed } from '../calls/aws-caller.ts';
import { DetailReader } from '../calls/detail-reader.ts';
import { pagesOf } from '../calls/pages.ts';
import { type AwsContext, clientOf, type ItemPage } from '../context.ts';
import { tagsOf } from '../facts.ts';

export interface DetailedCertificate {
  readonly summary: CertificateSummary;
  /** Null where it could not be read. */
  readonly certificate: CertificateDetail | null;
  readonly tags: Readonly<Record<string, string>>;
}

/** Without this the service lists only certificates whose key is RSA of 1024 or 2048 bits. */
const keyTypes: KeyAlgorithm[] = [
  'RSA_1024',
  'RSA_2048',
  'RSA_3072',
  'RSA_4096',
  'EC_prime256v1',
  'EC_secp384r1',
  'EC_secp521r1',
];

export async function* listCertificates(context: AwsContext): AsyncGenerator<ItemPage<DetailedCertificate>> {
  const acm = clientOf(context, ACMClient);
  const details = new DetailReader(context);
  const gone = ['ResourceNotFoundException'];
  const pages = pagesOf(context.caller, {
    permission: 'acm:ListCertificates',
    send: (NextToken, options) =>
      acm.send(new ListCertificatesCommand({ Includes: { keyTypes }, MaxItems: 1000, NextToken }), options),
    next: ({ NextToken }) => NextToken,
  });
  for await (const { CertificateSummaryList } of pages) {
    yield* details.inParts(listed(CertificateSummaryList, 'CertificateSummaryList'), async (summary) => {
      const { CertificateArn } = summary;
      const answer = await details.read({
        permission: 'acm:DescribeCertificate',
        gone,
        send: (options) => acm.send(new DescribeCertificateCommand({ CertificateArn }), options),
      });
      const tags = await details.read({
        permission: 'acm:ListTagsForCertificate',
        gone,
        send: (options) => acm.send(new ListTagsForCertificateCommand({ CertificateArn }), options),
      });
      return { summary, certificate: answer?.Certificate ?? null, tags: tagsOf(tags?.Tags) };
    });
  }
}
