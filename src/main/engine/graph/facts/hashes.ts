import { hash } from 'node:crypto';
import type { ResourceFact } from '#shared/model/index.ts';
import { canonicalText, datesMatterIn, lastingText } from './lasting.ts';

// Half of SHA-256 is ample to tell bodies apart and halves two columns of the graph.
function digest(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 32);
}

/**
 * The two hashes of a resource, 32 hex digits each: `contentHash` over the canonical body and its tags, `driftHash`
 * over the same without volatile fields and with lists as sets, so that two unchanged runs give zero differences.
 */
export function resourceHashes(fact: ResourceFact): { readonly contentHash: string; readonly driftHash: string } {
  const tags = canonicalText(fact.tags);
  const datesMatter = datesMatterIn(fact.kind);
  return {
    contentHash: digest(`${canonicalText(fact.raw)}\n${tags}`),
    driftHash: digest(`${lastingText('', fact.raw, datesMatter) ?? ''}\n${fact.state ?? ''}\n${tags}`),
  };
}
