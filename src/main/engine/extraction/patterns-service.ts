import type { PatternsService } from '#engine/ports/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { InstanceProof } from '#shared/model/index.ts';
import { createPauses } from '../graph/shape/index.ts';
import { classicDialect, comparisonOf, findPatterns, type Dialect } from '../patterns/index.ts';
import type { PatternsDeps } from './deps.ts';
import { proofOf, proveEnvironments } from './import-proof.ts';
import { createProofStore } from './proof-store.ts';
import { askDialect } from './provider-dialect.ts';
import { designFrom } from './read-instances.ts';
import { resolveBlueprint } from './resolve-draft.ts';
import { writeExtraction } from './write-extraction.ts';

/** From what runs to blueprints: finds what recurs, compares, writes the code, proves it against the cloud. */
export function createPatternsService(deps: PatternsDeps): PatternsService {
  const proofs = createProofStore(deps.workspace);
  let known: Dialect | null = null;
  let askedInVain = false;
  /**
   * Asked once: another provider version while the workspace is open is told by the import proof. Without a provider
   * the question takes seconds of looking for one, so only writing code asks again.
   */
  async function dialectAtHand(signal: AbortSignal, { again }: { readonly again: boolean }): Promise<Dialect> {
    if (known === null && (again || !askedInVain)) known = await askDialect(deps, signal);
    askedInVain = known === null;
    return known ?? classicDialect;
  }
  return {
    async find({ minimumSimilarity }, { signal }) {
      return [...(await findPatterns(await deps.estate.outline(signal), minimumSimilarity, createPauses(signal)))];
    },

    async compare({ instances }, { signal }) {
      const dialect = await dialectAtHand(signal, { again: false });
      return comparisonOf(await designFrom(deps.estate, instances, { dialect, renames: {}, signal }));
    },

    async extract({ instances, name, version, summary, renames }, { signal }) {
      deps.workspace.assertWritable();
      const dialect = await dialectAtHand(signal, { again: true });
      const design = await designFrom(deps.estate, instances, { dialect, renames, signal });
      const naming = { blueprint: name, version, summary };
      const extraction = await writeExtraction(deps, design, { naming, dialect });
      deps.events.changed(['patterns', 'artifacts', 'blueprints', 'environments'], name);
      return extraction;
    },

    async *prove({ blueprint: name }, { signal }) {
      const blueprint = await resolveBlueprint(deps, name);
      const environments = (await deps.environments.list()).filter(
        (environment) => environment.blueprint.startsWith(`${name}@`) && environment.imports !== undefined,
      );
      if (environments.length === 0) {
        throw new AppError('not-found', `No environment of ${name} lists resources to adopt.`, {
          advice: 'Extract the blueprint from running instances first.',
          details: { blueprint: name },
        });
      }
      const { name: tool, version } = await deps.tool.identify();
      const instances: InstanceProof[] = [];
      for await (const event of proveEnvironments(deps, blueprint, { environments, signal })) {
        if (event.type === 'instance') instances.push(event.proof);
        yield event;
      }
      const proof = proofOf(name, instances, { at: deps.clock.now(), tool: `${tool} ${version}` });
      await proofs.write(proof);
      deps.events.changed(['patterns'], name);
      yield { type: 'done', proof };
    },

    proof: ({ blueprint }) => proofs.read(blueprint),
  };
}
