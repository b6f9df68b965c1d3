import { writeArtifact } from '../artifacts/index.ts';
import { AppError } from '#shared/errors/index.ts';
import type { Extraction, Problem } from '#shared/model/index.ts';
import {
  artifactName,
  blueprintDocument,
  environmentDocument,
  writeModules,
  type Dialect,
  type Naming,
  type PatternDesign,
} from '../patterns/index.ts';
import type { PatternsDeps } from './deps.ts';

/**
 * Writes a design into the workspace: an artifact per node, the blueprint that wires them as a draft, an environment
 * per instance. What the same blueprint's earlier extraction wrote is replaced; anything else of the same name is not
 * touched (`already-exists`).
 */
export async function writeExtraction(
  deps: PatternsDeps,
  design: PatternDesign,
  options: { readonly naming: Naming; readonly dialect: Dialect },
): Promise<Extraction> {
  const { naming, dialect } = options;
  deps.workspace.assertWritable();
  const isAgain = (await deps.drafts.read(naming.blueprint)) !== null;
  const documents = design.instances.map((instance) => environmentDocument(design, instance, naming));
  for (const { environment } of documents) {
    const known = await deps.environments.read(environment);
    if (known === null || known.blueprint.startsWith(`${naming.blueprint}@`)) continue;
    throw new AppError('already-exists', `The environment ${environment} runs ${known.blueprint}.`, {
      advice: 'Give the instance another name.',
      details: { environment, blueprint: known.blueprint },
    });
  }
  const files: string[] = [];
  const problems: Problem[] = [...design.problems];
  const artifacts: Extraction['artifacts'] = [];
  const modules = writeModules(design, dialect.constraint);
  for (const module of modules) {
    const name = artifactName(naming.blueprint, module.node);
    const written = await writeArtifact(deps.workspace, {
      name,
      version: naming.version,
      boundary: module.node,
      summary: `${module.node.charAt(0).toUpperCase()}${module.node.slice(1)} of ${naming.blueprint}`,
      files: Object.entries(module.files).map(([path, text]) => ({ path, text })),
      inputs: Object.fromEntries(
        module.inputs.flatMap((input) => (input.format === null ? [] : [[input.name, { format: input.format }]])),
      ),
      replace: isAgain,
    });
    files.push(...written.files);
    problems.push(...written.problems);
    const resources = design.resources.filter(({ aligned }) => aligned.node === module.node).length;
    artifacts.push({ name, boundary: module.node, resources });
  }
  files.push(...(await deps.drafts.write(blueprintDocument(design, modules, naming))));
  for (const document of documents) {
    await deps.environments.write(document);
    files.push(`environments/${document.environment}.yaml`);
  }
  return {
    blueprint: naming.blueprint,
    version: naming.version,
    artifacts,
    environments: documents.map(({ environment }) => environment),
    files,
    problems,
  };
}
