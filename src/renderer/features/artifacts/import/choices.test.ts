import { describe, expect, it } from 'vitest';
import type { FoundPiece } from '#shared/model/index.ts';
import { choiceOf, correctionsOf, firstChoice, typeChoiceOf, uncertainPorts, withPort } from './choices.ts';

const piece: FoundPiece = {
  path: '/code',
  piece: 'vpc',
  runner: 'terraform',
  name: 'vpc',
  boundaryBecause: 'it creates aws_vpc',
  problems: [],
  existing: 'none',
  artifact: {
    name: 'vpc',
    version: '0.1.0',
    runner: 'terraform',
    boundary: 'networking',
    summary: '',
    digest: 'sha256:0',
    source: 'artifacts/vpc',
    inputs: {
      type: 'object',
      properties: {
        cidr: { type: 'string', 'x-origin': { how: 'declared', where: 'main.tf:1' } },
        size: { type: 'number', 'x-origin': { how: 'inferred', where: 'main.tf:2' } },
        free: { 'x-origin': { how: 'unknown', where: 'main.tf:3' } },
      },
      required: [],
    },
    outputs: {
      type: 'object',
      properties: { thing: { 'x-origin': { how: 'unknown', where: 'main.tf:4' } } },
      required: [],
    },
    requires: [],
    creates: {},
    dependencies: [],
  },
};

describe('what the user decides about a piece', () => {
  it('begins with everything that is new or changed', () => {
    expect(firstChoice(piece).wanted).toBe(true);
    expect(firstChoice({ ...piece, existing: 'earlier' }).wanted).toBe(true);
    expect(firstChoice({ ...piece, existing: 'same' }).wanted).toBe(false);
    expect(firstChoice({ ...piece, existing: 'other' }).wanted).toBe(false);
    expect(choiceOf({}, { ...piece, artifact: null }).wanted).toBe(false);
  });

  it('becomes corrections, and nothing where nothing is said', () => {
    const first = firstChoice(piece);
    expect(correctionsOf(first)).toBeNull();
    const typed = withPort(first, { side: 'inputs', port: 'free', type: 'list of text' });
    const marked = withPort(typed, { side: 'inputs', port: 'free', sensitive: true });
    expect(correctionsOf({ ...marked, boundary: 'security' })).toEqual({
      boundary: 'security',
      inputs: { free: { type: 'array', items: { type: 'string' }, sensitive: true } },
    });
    expect(typeChoiceOf(marked.inputs['free'])).toBe('list of text');
    const asRead = withPort(marked, { side: 'inputs', port: 'free', type: null });
    expect(correctionsOf(asRead)).toEqual({ inputs: { free: { sensitive: true } } });
    expect(correctionsOf(withPort(typed, { side: 'inputs', port: 'free', type: null }))).toBeNull();
  });

  it('is about what is uncertain first', () => {
    expect(uncertainPorts(piece)).toEqual([
      { side: 'inputs', port: 'free', how: 'unknown' },
      { side: 'outputs', port: 'thing', how: 'unknown' },
      { side: 'inputs', port: 'size', how: 'inferred' },
    ]);
  });
});
