import { describe, expect, test } from 'vitest';
import { anywhere, https, reached, ssh, thing, without, type Line } from '#test/support/estate/exposure-scene.ts';

describe('a machine of Azure', () => {
  const lines: readonly Line[] = [
    ['anic-a', 'ATTACHED_TO', 'avm-a'],
    ['anic-a', 'IN_NETWORK', 'asub-a'],
    ['anic-a', 'HAS_ADDRESS', 'aip-a'],
    ['anic-a', 'PROTECTED_BY', 'nsg-nic'],
    ['anic-a', 'CONTAINS', 'apart-a'],
    ['apart-a', 'HAS_ADDRESS', 'aip-a'],
    ['apart-a', 'IN_NETWORK', 'asub-a'],
    ['asub-a', 'IN_NETWORK', 'anet-a'],
    ['asub-a', 'PROTECTED_BY', 'nsg-sub'],
    ['internet', 'ALLOWS', 'nsg-nic', { direction: 'ingress', protocol: 'tcp', ports: '443,8080' }],
    [anywhere, 'ALLOWS', 'nsg-sub', { direction: 'ingress', protocol: 'all', ports: '443,22' }],
  ];
  const things = [
    'avm-a',
    'anic-a',
    'apart-a',
    'asub-a',
    'anet-a',
    'nsg-nic',
    'nsg-sub',
    thing('aip-a', { ip: '20.1.2.3', public: true }),
  ];

  test('needs no route, but a rule of its interface and one of its subnet', async () => {
    expect(await reached(things, lines)).toEqual({ 'avm-a': '443/tcp' });
    expect(await reached(things, without(lines, 'ALLOWS', 'nsg-sub'))).toEqual({});
  });

  test('cannot be decided behind a route that sends the answers elsewhere, or without any group', async () => {
    const routed: readonly Line[] = [
      ...lines,
      ['atab-a', 'ATTACHED_TO', 'asub-a'],
      ['atab-a', 'ROUTES_TO', 'ip:10.0.0.4', { destination: '0.0.0.0/0' }],
    ];
    expect((await reached([...things, 'atab-a'], routed))['avm-a']).toContain(
      'sends the answers of subnet asub-a to 10.0.0.4',
    );
    const bare = lines.filter((line) => line[1] !== 'PROTECTED_BY');
    expect((await reached(things, bare))['avm-a']).toContain('no security group');
  });

  test('is open by a rule for its application group', async () => {
    const grouped: readonly Line[] = [
      ...lines.filter((line) => line[0] !== 'internet'),
      ['anic-a', 'PROTECTED_BY', 'asg-web'],
      ['internet', 'ALLOWS', 'asg-web', { protocol: 'tcp', ports: '443' }],
    ];
    expect(await reached([...things, 'asg-web'], grouped)).toEqual({ 'avm-a': '443/tcp' });
  });
});

describe('a machine of Google', () => {
  const lines: readonly Line[] = [
    ['gvm-a', 'IN_NETWORK', 'gsub-a'],
    ['gvm-a', 'HAS_ADDRESS', 'ip:34.1.2.3'],
    ['gsub-a', 'IN_NETWORK', 'gnet-a'],
    ['groute-a', 'IN_NETWORK', 'gnet-a'],
    ['groute-a', 'ROUTES_TO', 'internet', { destination: '0.0.0.0/0' }],
    ['gnet-a', 'PROTECTED_BY', 'grule-all'],
    ['gvm-a', 'PROTECTED_BY', 'grule-tag'],
    [anywhere, 'ALLOWS', 'grule-tag', https],
    ['cidr:35.235.240.0/20', 'ALLOWS', 'grule-all', ssh],
  ];
  const things = ['gvm-a', 'gsub-a', 'gnet-a', 'groute-a', 'grule-all', 'grule-tag'];

  test('is open by a rule of its network or for its tag', async () => {
    expect(await reached(things, lines)).toEqual({ 'gvm-a': '443/tcp' });
    expect(await reached(things, without(lines, 'ALLOWS', 'grule-tag'))).toEqual({});
    expect(
      await reached(
        things,
        lines.filter((line) => line[1] !== 'PROTECTED_BY'),
      ),
    ).toEqual({});
  });

  test('behind a balancer is reached when rules let the balancers of Google in', async () => {
    const behind: readonly Line[] = [
      ...without(lines, 'HAS_ADDRESS', 'gvm-a').filter((line) => line[0] !== anywhere),
      ['gfront-a', 'HAS_ADDRESS', 'ip:34.9.9.9'],
      ['gfront-a', 'TARGETS', 'gback-a', { protocol: 'TCP', ports: '443-443' }],
      ['gback-a', 'TARGETS', 'gvm-a'],
      ['cidr:130.211.0.0/22', 'ALLOWS', 'grule-tag', https],
    ];
    expect(await reached([...things, 'gfront-a', 'gback-a'], behind)).toEqual({
      'gfront-a': '443/tcp',
      'gvm-a': '443/tcp',
    });
  });
});
