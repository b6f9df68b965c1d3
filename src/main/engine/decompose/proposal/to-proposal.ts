import {
  finenesses,
  type SplitFoundTarget,
  type SplitInterface,
  type SplitMember,
  type SplitProposal,
} from '#shared/model/index.ts';
import { nameOfRoot } from '../source/analyse-root.ts';
import { groupSizes, type Split } from './decide.ts';
import { explainMoves } from './explain-moves.ts';
import { isStateful } from './members.ts';
import { unusedDecisions } from './unused-decisions.ts';
import { crossingCounts, groupsBefore, reachOf, scoresOf } from './scores.ts';
import { typeOfWire, type ValueType } from './value-types.ts';
import type { Wire } from './interface.ts';

function interfacesOf(split: Split, typeOf: (wire: Wire) => ValueType): SplitInterface[] {
  return split.crossings.wires.flatMap((wire) => {
    const { constraint, sensitive, from, because } = typeOf(wire);
    return [...wire.takers].map(([taker, references]) => ({
      output: `${split.groups[wire.from]?.name ?? ''}.${wire.name}`,
      consumer: split.groups[taker]?.name ?? '',
      type: constraint,
      typeFrom: from,
      sensitive,
      sensitiveBecause: because,
      address: wire.address,
      attribute: wire.attribute,
      references,
    }));
  });
}

function membersOf(split: Split): SplitMember[] {
  const { graph, modules } = split.analysis;
  return graph.members.flatMap((address) => {
    const declaration = graph.declarations.get(address);
    const piece = declaration?.pieces[0];
    if (declaration === undefined || piece === undefined) return [];
    return {
      address,
      type: declaration.kind === 'module' ? (modules.get(address)?.source ?? '') : declaration.type,
      file: piece.file.path,
      line: piece.block.line,
      group: split.groups[split.placement.owner.get(address) ?? 0]?.name ?? '',
      stateful: isStateful(declaration, modules),
      pinned: split.pinned.has(address),
    };
  });
}

/** A decided split as the contract tells it. */
export function toProposal(
  split: Split,
  foundTarget: SplitFoundTarget,
  typeOf: (wire: Wire) => ValueType = (wire) => typeOfWire(split.analysis, wire),
): SplitProposal {
  const { analysis, decisions } = split;
  const { graph } = analysis;
  const nameOf = (group: number): string => split.groups[group]?.name ?? '';
  const before = groupsBefore(split);
  const members = membersOf(split);
  return {
    root: analysis.source.folder,
    name: nameOfRoot(analysis.source.folder),
    lines: analysis.lines,
    decisions,
    resolutions: finenesses.map((fineness) => {
      const sizes = groupSizes(analysis, { ...decisions, fineness, groups: null });
      return { fineness, groups: sizes.length, largestGroup: Math.max(0, ...sizes) };
    }),
    groups: split.groups.map(({ name, proposedName, boundary, proposedBoundary, members: resources }, number) => ({
      name,
      proposedName,
      boundary,
      proposedBoundary,
      resources: [...resources],
      files: [
        ...new Set(resources.map((address) => graph.declarations.get(address)?.pieces[0]?.file.path ?? '')),
      ].sort(),
      stateful: members.filter((member) => member.group === name && member.stateful).length,
      after: [...(before[number] ?? [])].map(nameOf),
    })),
    members,
    moves: [...explainMoves(split)],
    bound: [...split.bound],
    interfaces: interfacesOf(split, typeOf),
    crossings: crossingCounts(split).map(({ from, to, references }) => ({
      from: nameOf(from),
      to: nameOf(to),
      references,
    })),
    cycles: split.cycles.map((groups) => ({
      groups: [...groups],
      why: `${groups.join(', ')} need one another, and what would have to move is pinned.`,
    })),
    foundTarget,
    scores: scoresOf(split),
    reach: [...reachOf(split)],
    problems: [...analysis.problems, ...unusedDecisions(split)],
  };
}
