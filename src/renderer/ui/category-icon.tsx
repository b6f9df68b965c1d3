import {
  Archive,
  ArrowLeftRight,
  Box,
  Cable,
  Cog,
  Database,
  DoorOpen,
  FileKey,
  FileText,
  Globe,
  HardDrive,
  KeyRound,
  Layers,
  List,
  MapPin,
  Network,
  Radio,
  Route,
  Scale,
  Server,
  ShieldHalf,
  SquareFunction,
  Table2,
  Target,
  UserCog,
  Waypoints,
  type LucideIcon,
} from 'lucide-react';
import type { ReactElement } from 'react';
import type { Category } from '#shared/model/index.ts';

const icons: Record<Category, LucideIcon> = {
  network: Network,
  subnetwork: Waypoints,
  'route-table': Route,
  gateway: DoorOpen,
  address: MapPin,
  interface: Cable,
  firewall: ShieldHalf,
  machine: Server,
  disk: HardDrive,
  template: FileText,
  'scaling-group': Layers,
  balancer: Scale,
  listener: ArrowLeftRight,
  'target-group': Target,
  database: Database,
  'database-group': Database,
  table: Table2,
  bucket: Archive,
  queue: List,
  topic: Radio,
  function: SquareFunction,
  cluster: Box,
  role: UserCog,
  policy: FileKey,
  key: KeyRound,
  secret: KeyRound,
  dns: Globe,
  other: Cog,
};

/** One icon per category of resource. Decoration: the kind stands beside it. */
export function CategoryIcon({ category, size = 14 }: { category: Category; size?: number }): ReactElement {
  const Icon = icons[category];
  return <Icon size={size} aria-hidden style={{ flex: 'none', verticalAlign: '-2px' }} />;
}
