import path from 'node:path';
import type { ToolStatus } from '#shared/model/index.ts';
import { minimumVersion, type FoundTool } from '../orchestrator/runners/terraform/index.ts';
import type { ProgramPlaces } from '../orchestrator/runners/toolchain.ts';

/** A program of others that Groundplan or its tests work with. */
export interface ToolDeclaration {
  readonly name: string;
  readonly neededBy: ToolStatus['neededBy'];
  readonly purpose: string;
  readonly places: ProgramPlaces;
  /** Runs Terraform artifacts: found exactly as deployments find it. */
  readonly runner: FoundTool['name'] | null;
  /** How it is asked for its version; null for one that says it only by the name of its folder. */
  readonly versionArgs: readonly string[] | null;
  readonly minimum: string | null;
  readonly advice: string;
}

const build = (tool: string): string => `Run \`npm run toolchain -- ${tool}\` in a checkout of Groundplan.`;

function onPath(...names: readonly string[]): ProgramPlaces {
  return { tool: names[0] ?? '', file: path.join('bin', names[0] ?? ''), names };
}

/** What tests take from the toolchain only, so that they run the same everywhere. */
function built(tool: string, file: string): ProgramPlaces {
  return { tool, file: path.normalize(file), names: [] };
}

const forGroundplan = { neededBy: 'groundplan', runner: null, minimum: null } as const;
const forTests = { neededBy: 'tests', runner: null, minimum: null } as const;

/** The programs of others as data: the doctor, the screens and the docs read this. */
export const externalTools: readonly ToolDeclaration[] = [
  {
    ...forGroundplan,
    name: 'OpenTofu',
    purpose: 'plans and applies Terraform artifacts (preferred)',
    places: onPath('tofu'),
    runner: 'tofu',
    versionArgs: ['version', '-json'],
    minimum: minimumVersion,
    advice:
      'Install OpenTofu from your package manager, or run `npm run toolchain -- tofu` in a checkout of Groundplan.',
  },
  {
    ...forGroundplan,
    name: 'Terraform',
    purpose: 'plans and applies Terraform artifacts where OpenTofu is missing',
    places: onPath('terraform'),
    runner: 'terraform',
    versionArgs: ['version', '-json'],
    minimum: minimumVersion,
    advice: 'Only needed without OpenTofu.',
  },
  {
    ...forGroundplan,
    name: 'Helm',
    purpose: 'renders and installs Helm charts',
    places: onPath('helm'),
    versionArgs: ['version', '--template', '{{.Version}}'],
    minimum: '3.14.0',
    advice:
      'Install Helm from your package manager, or run `npm run toolchain -- helm`. Only needed for chart artifacts.',
  },
  {
    ...forGroundplan,
    name: 'kubectl',
    purpose: 'checks a cluster that a chart is to be installed in',
    places: onPath('kubectl'),
    versionArgs: ['version', '--client', '-o', 'json'],
    advice: 'Only needed for chart artifacts.',
  },
  {
    ...forGroundplan,
    name: 'Python',
    purpose: 'runs Python artifacts',
    places: onPath('python3', 'python'),
    versionArgs: ['--version'],
    minimum: '3.9.0',
    advice: 'Only needed for Python artifacts.',
  },
  {
    ...forGroundplan,
    name: 'git',
    purpose: 'keeps the workspace; fetches artifacts with a git address',
    places: onPath('git'),
    versionArgs: ['--version'],
    advice: 'Install git from your package manager to share a workspace.',
  },
  {
    ...forTests,
    name: 'AWS provider mirror',
    purpose: 'everything OpenTofu does against an AWS API in tests and in the demo',
    places: built('provider-aws', 'tofurc'),
    versionArgs: null,
    advice: build('provider-aws'),
  },
  {
    ...forTests,
    name: 'moto',
    purpose: 'the AWS API of the tests, the demo and the sample estate',
    places: built('moto', 'bin/moto_server'),
    versionArgs: null,
    advice: build('moto'),
  },
  {
    ...forTests,
    name: 'etcd',
    purpose: 'the store of the Kubernetes API server in tests',
    places: built('etcd', 'bin/etcd'),
    versionArgs: ['--version'],
    advice: build('etcd'),
  },
  {
    ...forTests,
    name: 'kube-apiserver',
    purpose: 'the Kubernetes API that Helm installs into in tests',
    places: built('kube-apiserver', 'bin/kube-apiserver'),
    versionArgs: ['--version'],
    advice: build('kube-apiserver'),
  },
  {
    ...forTests,
    name: 'Chromium',
    purpose: 'end-to-end tests and screenshots',
    places: onPath('chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'),
    versionArgs: ['--version'],
    advice: 'Install it with your package manager, on Debian and Ubuntu: apt-get install chromium.',
  },
  {
    ...forTests,
    name: 'Go',
    purpose: 'builds OpenTofu, the AWS provider, Helm, etcd and kube-apiserver for the tests',
    places: onPath('go'),
    versionArgs: ['version'],
    minimum: '1.26.0',
    advice: 'Install Go from go.dev or your package manager.',
  },
  {
    ...forTests,
    name: 'Python with venv',
    purpose: 'builds moto for the tests',
    places: onPath('python3.13', 'python3.12', 'python3.11', 'python3', 'python'),
    versionArgs: ['--version'],
    minimum: '3.11.0',
    advice: 'Install Python 3.11 or newer with venv from your package manager.',
  },
];
