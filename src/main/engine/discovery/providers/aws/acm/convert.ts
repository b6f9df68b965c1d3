import { type Converted, EdgeList, need, resourceFact } from '../facts.ts';
import { jsonObjectBody } from '../json-body.ts';
import type { AwsPlace } from '../place.ts';
import type { DetailedCertificate } from './client.ts';
import { textsIn } from '../lists.ts';

/** A certificate; who uses it refers to it, as far as those are not listed with their certificates themselves. */
export function convertCertificate({ summary, certificate, tags }: DetailedCertificate, place: AwsPlace): Converted {
  const id = need(summary.CertificateArn, 'CertificateArn');
  const edges = new EdgeList(id, 'DescribeCertificate').to('DERIVED_FROM', {
    to: certificate?.CertificateAuthorityArn || undefined,
    field: 'CertificateAuthorityArn',
  });
  for (const user of textsIn(certificate?.InUseBy, 'InUseBy'))
    edges.from('REFERENCES', { from: user, field: 'InUseBy' });
  return {
    resource: resourceFact(place, {
      kind: 'aws.acm.certificate',
      id,
      nativeId: id.split('/').at(-1) ?? id,
      name: summary.DomainName,
      tags,
      state: certificate?.Status ?? summary.Status,
      createdAt: certificate?.CreatedAt ?? certificate?.ImportedAt ?? summary.CreatedAt,
      raw: jsonObjectBody(certificate ?? summary),
    }),
    relationships: edges.edges,
  };
}
