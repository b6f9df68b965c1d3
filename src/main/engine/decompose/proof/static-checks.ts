import type { BlueprintDocument, SplitCheck } from '#shared/model/index.ts';
import { scanConfiguration } from '../../artifacts/terraform/json-scan.ts';
import { readJsonTree, type JsonNode } from '../../artifacts/terraform/json-tree.ts';
import { circlesOf } from '../cycles/group-order.ts';
import type { EmittedPart } from '../emit/emit-split.ts';
import type { PartFile } from '../emit/part-files.ts';
import { isMember } from '../graph/root-graph.ts';
import { usesOf } from '../graph/uses.ts';
import type { Split } from '../proposal/decide.ts';
import { readDeclarations, type Declaration } from '../source/declarations.ts';
import type { SourceFile } from '../source/root-source.ts';
import { syntaxProblems } from '../source/syntax-problems.ts';

type Part = Pick<EmittedPart, 'name' | 'files' | 'module'>;

/** What of a part shares one space of names: its root, and the module it is wrapped in. */
interface Scope {
  readonly name: string;
  /** It runs with provider configurations that its root hands down. */
  readonly isModule: boolean;
  readonly files: readonly PartFile[];
}

function scopesOf({ name, files, module }: Part): readonly Scope[] {
  return module === null
    ? [{ name, files, isModule: false }]
    : [
        { name, files, isModule: false },
        { name: `${name}/${module.name}`, files: module.files, isModule: true },
      ];
}

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
function reread(scope: Pick<Scope, 'files'>): ReadonlyMap<string, Declaration> {
  const files = scope.files.map(({ path, text }): SourceFile => ({ path, text, ...scanConfiguration(path, text) }));
  return readDeclarations(files).declarations;
}

async function checkSyntax(parts: readonly Part[]): Promise<SplitCheck> {
  const findings: string[] = [];
  let files = 0;
  for (const { name, files: own } of parts.flatMap(scopesOf)) {
    for (const { path, text } of own) {
      files += 1;
      const problems = await syntaxProblems(path, text);
      findings.push(...problems.map(({ line, column, message }) => `${name}/${path}:${line},${column}: ${message}`));
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
    const { module } = part;
    const declared = scopesOf(part).flatMap((scope) => [...reread(scope).values()]);
    for (const declaration of declared) {
      if (module !== null && declaration.address === `module.${module.name}`) continue;
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
function dangling(declarations: ReadonlyMap<string, Declaration>, isModule = false): ReadonlySet<string> {
  const missing = new Set<string>();
  for (const declaration of declarations.values()) {
    if (isModule && declaration.kind === 'settings') continue;
    for (const { to, role } of usesOf(declaration)) {
      if (isModule && role === 'provider') continue;
      if (role !== 'subject' && !declarations.has(to)) missing.add(to);
    }
  }
  return missing;
}

function checkReferences(split: Split, parts: readonly Part[]): SplitCheck {
  const before = dangling(split.analysis.graph.declarations);
  const findings = parts
    .flatMap(scopesOf)
    .flatMap((scope) =>
      [...dangling(reread(scope), scope.isModule)]
        .filter((address) => !before.has(address))
        .map((address) => `${scope.name} refers to ${address}, which it does not hold`),
    );
  return outcome('references', 'No part refers to what it does not hold', {
    detail:
      'Locals, data sources, variables and providers are copied to who uses them; the rest comes over the interface',
    findings,
  });
}

/** The members called `//`, which are how JSON carries comments. */
function commentsOfJson(node: JsonNode, text: string): readonly string[] {
  if (node.kind === 'array') return node.items.flatMap((item) => commentsOfJson(item, text));
  if (node.kind !== 'object') return [];
  return node.members.flatMap(({ key, value }) =>
    key === '//' ? [text.slice(value.start, value.end)] : commentsOfJson(value, text),
  );
}

/** Comments of a text; what only looks like one inside of texts is told as well, on both sides alike. */
function commentsOf({ path, text }: PartFile): readonly string[] {
  if (path.endsWith('.json')) return commentsOfJson(readJsonTree(text), text);
  return [...text.matchAll(/(?:^|\s)(#.*|\/\/.*|\/\*[\s\S]*?\*\/)/g)].map(([, comment = '']) => comment.trim());
}

function checkComments(split: Split, parts: readonly Part[]): SplitCheck {
  const kept = new Set(parts.flatMap(scopesOf).flatMap(({ files }) => files.flatMap(commentsOf)));
  const all = split.analysis.source.files.flatMap((file) =>
    commentsOf(file).map((comment) => ({ file: file.path, comment })),
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
