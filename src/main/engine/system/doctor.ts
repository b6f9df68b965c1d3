import semver from 'semver';
import type { ToolStatus } from '#shared/model/index.ts';
import type { Processes } from '../ports/index.ts';

interface ToolDeclaration {
  readonly name: string;
  readonly purpose: string;
  readonly files: readonly string[];
  readonly versionArgs: readonly string[];
  readonly minimum: string | null;
  readonly advice: string;
}

/** The programs of others that Groundplan works with, as data: the doctor, the screens and the docs read this. */
const externalTools: readonly ToolDeclaration[] = [
  {
    name: 'OpenTofu',
    purpose: 'plans and applies Terraform artifacts (preferred)',
    files: ['tofu'],
    versionArgs: ['version', '-json'],
    minimum: '1.6.0',
    advice:
      'Install OpenTofu from your package manager, or run `npm run toolchain -- tofu` in a checkout of Groundplan.',
  },
  {
    name: 'Terraform',
    purpose: 'plans and applies Terraform artifacts where OpenTofu is missing',
    files: ['terraform'],
    versionArgs: ['version', '-json'],
    minimum: '1.6.0',
    advice: 'Only needed without OpenTofu.',
  },
  {
    name: 'Helm',
    purpose: 'renders and installs Helm charts',
    files: ['helm'],
    versionArgs: ['version', '--template', '{{.Version}}'],
    minimum: '3.14.0',
    advice:
      'Install Helm from your package manager, or run `npm run toolchain -- helm`. Only needed for chart artifacts.',
  },
  {
    name: 'kubectl',
    purpose: 'checks a cluster that a chart is to be installed in',
    files: ['kubectl'],
    versionArgs: ['version', '--client', '-o', 'json'],
    minimum: null,
    advice: 'Only needed for chart artifacts.',
  },
  {
    name: 'Python',
    purpose: 'runs Python artifacts',
    files: ['python3', 'python'],
    versionArgs: ['--version'],
    minimum: '3.9.0',
    advice: 'Only needed for Python artifacts.',
  },
  {
    name: 'git',
    purpose: 'keeps the workspace; fetches artifacts with a git address',
    files: ['git'],
    versionArgs: ['--version'],
    minimum: null,
    advice: 'Install git from your package manager to share a workspace.',
  },
];

/** Looks for every external tool and asks it for its version. Takes as long as the slowest of them, at most 10 s. */
export async function examineTools(
  processes: Processes,
  options: { readonly overrides: Readonly<Record<string, string>>; readonly env: Readonly<Record<string, string>> },
): Promise<ToolStatus[]> {
  return Promise.all(
    externalTools.map(async (tool): Promise<ToolStatus> => {
      const base = { name: tool.name, purpose: tool.purpose, minimum: tool.minimum };
      const wanted = options.overrides[tool.name];
      let path: string | null = null;
      for (const file of wanted === undefined ? tool.files : [wanted]) path ??= await processes.find(file);
      if (path === null) return { ...base, status: 'missing', path: null, version: null, advice: tool.advice };
      const version = await askVersion(processes, { file: path, args: tool.versionArgs, env: options.env });
      if (version === null) {
        return {
          ...base,
          status: 'broken',
          path,
          version,
          advice: `It is there but does not tell its version. ${tool.advice}`,
        };
      }
      if (tool.minimum !== null && semver.lt(version, tool.minimum)) {
        return { ...base, status: 'too-old', path, version, advice: `Needs ${tool.minimum} or newer. ${tool.advice}` };
      }
      return { ...base, status: 'found', path, version, advice: null };
    }),
  );
}

async function askVersion(
  processes: Processes,
  command: { readonly file: string; readonly args: readonly string[]; readonly env: Readonly<Record<string, string>> },
): Promise<string | null> {
  try {
    const result = await processes.run({ ...command, cwd: '/', timeoutMs: 10_000 });
    const found = /\d+\.\d+\.\d+/.exec(`${result.stdout}\n${result.stderr}`);
    return found === null ? null : found[0];
  } catch {
    // A program that cannot be started is reported as broken, which is what the caller shows.
    return null;
  }
}
