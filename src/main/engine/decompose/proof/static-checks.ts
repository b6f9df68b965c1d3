import type { BlueprintDocument, SplitCheck } from '#shared/model/index.ts';
import { parseHcl } from '../../artifacts/terraform/hcl-parse.ts';
import { scanHcl } from '../../artifacts/terraform/hcl-scan.ts';
import { circlesOf } from '../cycles/group-order.ts';
import type { EmittedPart } from '../emit/emit-split.ts';
import { isMember } from '../graph/root-graph.ts';
import { usesOf } from '../graph/uses.ts';
import type { Split } from '../proposal/decide.ts';
import { readDeclarations, type Declaration } from '../source/declarations.ts';
import type { SourceFile } from '../source/root-source.ts';

type Part = Pick<EmittedPart, 'name' | 'files'>;

/** Outcome of a check that can be made without a state. */
function outcome(
  id: string,
  title: string,
  result: { readonly detail: string; readonly findings: readonly string[] },
): SplitCheck {
  const { detail, findings } = result;
  return { id, title, status: findings.length === 0 ? 'proven' : 'failed', detail, findings: [...findings] };
}

/** A part read anew from its text, as if nothing were known of where it comes from. */
function reread(part: Part): ReadonlyMap<string, Declaration> {
  const files = part.files.map(({ path, text }): SourceFile => ({ path, text, ...scanHcl(text) }));
  return readDeclarations(files).declarations;
}

async function checkSyntax(parts: readonly Part[]): Promise<SplitCheck> {
  const findings: string[] = [];
  let files = 0;
  for (const { name, files: own } of parts) {
    for (const { path, text } of own) {
      files += 1;
      const parsed = await parseHcl(path, text);
      if (parsed.ok) continue;
      findings.push(
        ...parsed.problems.map(({ line, column, message }) => `${name}/${path}:${line},${column}: ${message}`),
      );
    }
  }
  return outcome('syntax', 'Every file of every part parses', {
    detail: `${files} files read by the language's own parser`,
    findings,
  });
}

function checkMembers(split: Split, parts: readonly Part[]): SplitCheck {
  const seen = new Map<string, string[]>();
  for (const part of parts) {
    for (const declaration of reread(part).values()) {
      if (isMember(declaration)) seen.set(declaration.address, [...(seen.get(declaration.address) ?? []), part.name]);
    }
  }
  const { members } = split.analysis.graph;
  const findings = members.flatMap((address) => {
    const places = seen.get(address) ?? [];
    if (places.length === 1) return [];
    return [places.length === 0 ? `${address} is in no part` : `${address} is in ${places.join(' and ')}`];
  });
  const known = new Set(members);
  findings.push(...[...seen.keys()].filter((address) => !known.has(address)).map((address) => `${address} is new`));
  return outcome('members', 'Every resource and module call is in exactly one part, under its address', {
    detail: `${members.length} addresses over ${parts.length} parts`,
    findings,
  });
}

/** Addresses that something refers to and nothing declares. */
function dangling(declarations: ReadonlyMap<string, Declaration>): ReadonlySet<string> {
  const missing = new Set<string>();
  for (const declaration of declarations.values()) {
    for (const { to, role } of usesOf(declaration)) {
      if (role !== 'subject' && !declarations.has(to)) missing.add(to);
    }
  }
  return missing;
}

function checkReferences(split: Split, parts: readonly Part[]): SplitCheck {
  const before = dangling(split.analysis.graph.declarations);
  const findings = parts.flatMap((part) =>
    [...dangling(reread(part))]
      .filter((address) => !before.has(address))
      .map((address) => `${part.name} refers to ${address}, which it does not hold`),
  );
  return outcome('references', 'No part refers to what it does not hold', {
    detail:
      'Locals, data sources, variables and providers are copied to who uses them; the rest comes over the interface',
    findings,
  });
}

/** Comments of a text; what only looks like one inside of texts is told as well, on both sides alike. */
function commentsOf(text: string): readonly string[] {
  return [...text.matchAll(/(?:^|\s)(#.*|\/\/.*|\/\*[\s\S]*?\*\/)/g)].map(([, comment = '']) => comment.trim());
}

function checkComments(split: Split, parts: readonly Part[]): SplitCheck {
  const kept = new Set(parts.flatMap(({ files }) => files.flatMap(({ text }) => commentsOf(text))));
  const all = split.analysis.source.files.flatMap((file) =>
    commentsOf(file.text).map((comment) => ({ file: file.path, comment })),
  );
  const findings = all.filter(({ comment }) => !kept.has(comment)).map(({ file, comment }) => `${file}: ${comment}`);
  return outcome('comments', 'Every comment is in a part', { detail: `${all.length} comments`, findings });
}

/** Nodes whose values a node's settings refer to. */
function sourcesOf(blueprint: BlueprintDocument, node: string): readonly string[] {
  const { set = {}, after = [] } = blueprint.nodes[node] ?? {};
  const names = Object.values(set).flatMap((value) =>
    typeof value === 'string' ? (/^\$\{([^.}]+)\./.exec(value)?.[1] ?? []) : [],
  );
  return [...after, ...names].filter((name) => Object.hasOwn(blueprint.nodes, name));
}

function checkOrder(split: Split, blueprint: BlueprintDocument): SplitCheck {
  const nodes = Object.keys(blueprint.nodes);
  const needs = nodes.map((node) => {
    const sources = sourcesOf(blueprint, node);
    return nodes.map((other) => (other !== node && sources.includes(other) ? 1 : 0));
  });
  const circles = circlesOf(needs).map((circle) => circle.map((at) => nodes[at] ?? '').join(', '));
  const pinned = split.cycles.map((groups) => groups.join(', '));
  const findings = [...new Set([...circles, ...pinned])].map((groups) => `${groups} need one another`);
  return outcome('acyclic', 'The parts can be built in an order', { detail: nodes.join(' → '), findings });
}

function checkSecrets(secrets: readonly string[], allowed: boolean): SplitCheck {
  const findings = allowed ? [] : secrets.map((name) => `${name} is a secret and crosses between parts`);
  const consent = allowed ? ', with consent' : '';
  return outcome('secrets', 'No secret crosses between parts without consent', {
    detail: secrets.length === 0 ? 'None crosses' : `${secrets.length} cross${consent}`,
    findings,
  });
}

/** What can be proven from the text of the parts alone. */
export async function staticChecks(
  split: Split,
  emitted: {
    readonly parts: readonly Part[];
    readonly blueprint: BlueprintDocument;
    /** Secrets that cross, as `part.output`. */
    readonly secrets: readonly string[];
    readonly allowSecrets: boolean;
  },
): Promise<readonly SplitCheck[]> {
  const { parts, blueprint } = emitted;
  return [
    await checkSyntax(parts),
    checkMembers(split, parts),
    checkReferences(split, parts),
    checkComments(split, parts),
    checkSecrets(emitted.secrets, emitted.allowSecrets),
    checkOrder(split, blueprint),
  ];
}
