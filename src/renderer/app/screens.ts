import {
  Blocks,
  ClipboardCheck,
  FileCode2,
  Library,
  Map as MapIcon,
  Rocket,
  Settings,
  Shapes,
  TrendingUpDown,
  type LucideIcon,
} from 'lucide-react';

export interface ScreenEntry {
  readonly path:
    | '/estate'
    | '/patterns'
    | '/artifacts'
    | '/blueprints'
    | '/catalog'
    | '/review'
    | '/deployments'
    | '/drift'
    | '/settings';
  readonly title: string;
  readonly icon: LucideIcon;
  /** What is done there, for the command palette. */
  readonly purpose: string;
  /** Addresses of screens that belong to this one and have no entry of their own. */
  readonly within?: readonly string[];
}

/** The screens in the order of the rail. */
export const screens: readonly ScreenEntry[] = [
  { path: '/estate', title: 'Estate', icon: MapIcon, purpose: 'Everything discovered, as table, graph and coverage' },
  { path: '/patterns', title: 'Patterns', icon: Shapes, purpose: 'Recurring structures; make a blueprint from them' },
  {
    path: '/artifacts',
    title: 'Artifacts',
    icon: FileCode2,
    purpose: 'Imported code with typed inputs and outputs',
    within: ['/split'],
  },
  { path: '/blueprints', title: 'Blueprints', icon: Blocks, purpose: 'Drafts and their canvas' },
  { path: '/catalog', title: 'Catalog', icon: Library, purpose: 'Published versions and who may deploy them' },
  { path: '/review', title: 'Review', icon: ClipboardCheck, purpose: 'Proposals that wait for an approval' },
  { path: '/deployments', title: 'Deployments', icon: Rocket, purpose: 'What was deployed and what runs now' },
  { path: '/drift', title: 'Drift', icon: TrendingUpDown, purpose: 'What moved since it was deployed' },
  { path: '/settings', title: 'Settings', icon: Settings, purpose: 'Clouds, tools, agents, appearance' },
];
