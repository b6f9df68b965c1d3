import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Json } from '#shared/base/json.ts';
import { readPlanDocument, type PlanDocument } from '../../planner/index.ts';
import { classify, type NodeReading } from './classify.ts';
import { runningResources } from './satellites.ts';
import { shapesOf } from './shape.ts';

/**
 * Recorded from OpenTofu 1.12.6 and hashicorp/aws 1.60.0: a network with a group of inline rules (web), one of separate
 * rules (data) and two subnets. By hand: port 22 opened in both groups, subnet "a" deleted, the network's tags changed.
 * "On both sides": planned with another name as well.
 */
function recorded(name: string): Json {
  const file = new URL(`../../../../../test/fixtures/drift/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Json;
}

const shapeOf = shapesOf(recorded('provider-schemas'));

function documentOf(json: Json): PlanDocument {
  const document = readPlanDocument(json);
  if (!document.ok) throw new Error(document.problems.join('; '));
  return document.value;
}

function itemsOf(name: string, options: Partial<NodeReading> = {}) {
  const json = recorded(name);
  return classify({
    environment: 'us',
    node: 'network',
    plan: documentOf(json),
    codeRead: true,
    shapeOf,
    isIgnored: () => false,
    running: runningResources(json),
    secrets: [],
    ...options,
  });
}

const brief = (items: ReturnType<typeof itemsOf>) =>
  items.map(({ item }) => [item.address, item.change, item.side, item.attributes.map(({ path }) => path).join(' ')]);

describe('what a plan says about drift', () => {
  it('is nothing where nobody touched anything, whatever forms of "empty" the provider writes', () => {
    expect(documentOf(recorded('untouched')).resource_drift.map(({ address }) => address)).toEqual([
      'aws_security_group.data',
      'aws_security_group_rule.data',
      'aws_sqs_queue.jobs',
    ]);
    expect(itemsOf('untouched')).toEqual([]);
  });

  it('is told by address and attribute', () => {
    const items = itemsOf('changed-by-hand');
    expect(brief(items)).toEqual([
      ['aws_security_group.data', 'changed', 'reality', 'ingress'],
      ['aws_security_group.web', 'changed', 'reality', 'ingress'],
      [
        'aws_subnet.public["a"]',
        'deleted',
        'reality',
        'availability_zone cidr_block map_public_ip_on_launch tags vpc_id',
      ],
      ['aws_vpc.main', 'changed', 'reality', 'tags.Name tags.Owner'],
    ]);
    const web = {
      description: 'web',
      from_port: 443,
      to_port: 443,
      protocol: 'tcp',
      cidr_blocks: ['0.0.0.0/0'],
      self: false,
    };
    const ssh = { from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: ['0.0.0.0/0'], self: false };
    expect(items[1]?.item.attributes).toEqual([
      { path: 'ingress', expected: [web], actual: expect.arrayContaining([web, ssh]), sensitive: false },
    ]);
    expect(items[3]?.item.attributes).toEqual([
      { path: 'tags.Name', expected: 'shop', actual: 'renamed', sensitive: false },
      { path: 'tags.Owner', expected: null, actual: 'someone', sensitive: false },
    ]);
    expect(items[2]?.item.cloudId).toMatch(/^subnet-/);
    expect(items[2]?.arn).toMatch(/:subnet\/subnet-/);
  });

  it('knows what a deployment would not put back', () => {
    const open = itemsOf('changed-by-hand').filter(({ revertible }) => !revertible);
    expect(open.map(({ item }) => item.address)).toEqual(['aws_security_group.data']);
  });

  it('counts a rule of another step as the code of a group, and only that rule', () => {
    const running = runningResources(recorded('untouched'));
    expect(itemsOf('untouched', { running: [] }).map(({ item }) => item.address)).toEqual(['aws_security_group.data']);
    expect(itemsOf('untouched', { running })).toEqual([]);
  });

  it('is on both sides where cloud and code moved the same attribute, on one where only one did', () => {
    const items = itemsOf('changed-on-both-sides');
    const side = (address: string) => items.find(({ item }) => item.address === address)?.item;
    expect(side('aws_vpc.main')).toMatchObject({
      side: 'both',
      attributes: [
        { path: 'tags.Name', expected: 'market', actual: 'renamed' },
        { path: 'tags.Owner', expected: null, actual: 'someone' },
      ],
    });
    expect(side('aws_subnet.public["b"]')).toMatchObject({ side: 'code', attributes: [{ path: 'tags.Name' }] });
    // Its groups are made anew: their ids come out later, which is a consequence and no difference.
    expect(side('aws_security_group_rule.data')).toBeUndefined();
  });

  it('is told of the cloud alone when the code could not be planned', () => {
    const items = itemsOf('changed-by-hand-refresh-only', { codeRead: false });
    expect(brief(items)).toEqual(brief(itemsOf('changed-by-hand')));
  });

  it('leaves out what the code says to ignore', () => {
    const isIgnored = (address: string, attribute: string) =>
      address === 'aws_vpc.main' ? attribute.startsWith('tags') : attribute === 'ingress';
    expect(itemsOf('changed-by-hand', { isIgnored }).map(({ item }) => item.address)).toEqual([
      'aws_subnet.public["a"]',
    ]);
  });

  it('hides secrets that the tool does not know to be some', () => {
    const [item] = itemsOf('changed-by-hand', { secrets: ['someone'] }).slice(-1);
    expect(item?.item.attributes[1]).toEqual({ path: 'tags.Owner', expected: null, actual: null, sensitive: true });
  });

  it('gives the same difference the same id', () => {
    const ids = itemsOf('changed-by-hand').map(({ item }) => item.id);
    expect(itemsOf('changed-by-hand').map(({ item }) => item.id)).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
    expect(itemsOf('changed-by-hand', { environment: 'eu' }).map(({ item }) => item.id)).not.toEqual(ids);
  });
});
