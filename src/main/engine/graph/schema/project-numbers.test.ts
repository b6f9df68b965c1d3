import { expect, test } from 'vitest';
import type { ScopeFact } from '#shared/model/index.ts';
import { createProjectNumbers, oneNameEach } from './project-numbers.ts';

const project = (nativeId: string, number?: string): ScopeFact => ({
  id: `gcp:project:${nativeId}`,
  cloud: 'gcp',
  kind: 'project',
  name: nativeId,
  nativeId,
  parentId: null,
  ...(number === undefined ? {} : { number }),
});
const scopes = [project('shop', '123'), project('123'), project('other'), project('456')];
const projects = createProjectNumbers(scopes);

test.each([
  ['//pubsub.googleapis.com/projects/123/topics/t', '//pubsub.googleapis.com/projects/shop/topics/t'],
  ['//cloudresourcemanager.googleapis.com/projects/123', '//cloudresourcemanager.googleapis.com/projects/shop'],
  [
    '//cloudresourcemanager.googleapis.com/projects/123#iam-policy',
    '//cloudresourcemanager.googleapis.com/projects/shop#iam-policy',
  ],
  ['projects/123/topics/t', 'projects/shop/topics/t'],
  ['gcp:project:123', 'gcp:project:shop'],
])('%s is %s', (byNumber, byId) => {
  expect(projects.byId(byNumber)).toBe(byId);
  expect(projects.byNumber(byId)).toBe(byNumber);
  expect(projects.byId(byId)).toBe(byId);
});

test.each([
  '//pubsub.googleapis.com/projects/1234/topics/t',
  '//pubsub.googleapis.com/projects/456/topics/123',
  '//storage.googleapis.com/123',
  'arn:aws:iam::123:role/projects/123/r',
  '/subscriptions/123/resourcegroups/projects/123',
])('%s stays', (name) => {
  expect(projects.byId(name)).toBe(name);
});

test('a project is one scope, by its id where that is known', () => {
  expect(oneNameEach(scopes, projects).map(({ nativeId }) => nativeId)).toEqual(['shop', 'other', '456']);
});
