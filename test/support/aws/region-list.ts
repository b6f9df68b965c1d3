import type { StandIn } from '#test/support/fault-proxy/index.ts';

/** Answers `DescribeRegions` with these regions; everything else passes. */
export function regionList(regions: {
  readonly enabled: readonly string[];
  readonly notOptedIn: readonly string[];
}): StandIn {
  const item = (name: string, status: string): string =>
    `<item><regionName>${name}</regionName><regionEndpoint>ec2.${name}.amazonaws.com</regionEndpoint><optInStatus>${status}</optInStatus></item>`;
  const items = [
    ...regions.enabled.map((name) => item(name, 'opt-in-not-required')),
    ...regions.notOptedIn.map((name) => item(name, 'not-opted-in')),
  ];
  const headers = { 'content-type': 'text/xml', 'x-amzn-requestid': '00000000-0000-0000-0000-000000000001' };
  const body =
    '<DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">' +
    `<requestId>00000000-0000-0000-0000-000000000001</requestId><regionInfo>${items.join('')}</regionInfo></DescribeRegionsResponse>`;
  return ({ action }) => (action === 'DescribeRegions' ? { status: 200, headers, body } : null);
}
