// The door to everything seen: the component library's parts by name, and our own. Nobody else imports the library.
export {
  Accordion,
  ActionIcon,
  Autocomplete,
  Button,
  Checkbox,
  Chip,
  CloseButton,
  Group,
  Kbd,
  Loader,
  Menu,
  MultiSelect,
  NumberInput,
  Paper,
  Popover,
  Progress,
  Radio,
  SegmentedControl,
  Select,
  Stack,
  Table,
  Tabs,
  TagsInput,
  Text,
  Textarea,
  TextInput,
  Title,
  Tooltip,
  UnstyledButton,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
export { useDebouncedCallback, useDebouncedValue, useHotkeys, useMediaQuery } from '@mantine/hooks';
export { ActionSign, lookOfAction } from './action-sign.tsx';
export type { ActionLook } from './action-sign.tsx';
export { actorText } from './actor-text.ts';
export { CategoryIcon } from './category-icon.tsx';
export { CodeBlock } from './code-block.tsx';
export { CopyButton } from './copy-button.tsx';
export { ColumnMenu } from './data-table/column-menu.tsx';
export { DataTable } from './data-table/data-table.tsx';
export type { DataColumn, DataTableProps, RowSource, TableSort } from './data-table/types.ts';
export { FileButton } from './file-button.tsx';
export { downloadParts, downloadText } from './download.ts';
export { ExportButtons } from './export-buttons.tsx';
export { Finder } from './finder/finder.tsx';
export type { FinderEntry } from './finder/finder.tsx';
export { FrameSlotsProvider, Inspector, InspectorOutlet, StatusOutlet, StatusText } from './frame-slots.tsx';
export { KeyValues } from './key-values.tsx';
export { Modal } from './modal.tsx';
export { notifyDone, notifyFailed } from './notify.ts';
export { originText } from './origin-text.ts';
export { PortsTable } from './ports-table.tsx';
export { UiProvider } from './provider.tsx';
export { absoluteText, dateText, durationText, RelativeTime, useNow } from './relative-time.tsx';
export { useRemembered } from './remembered.ts';
export { TargetFields } from './target-fields/target-fields.tsx';
export type { TypedTarget } from './target-fields/target-fields.tsx';
export { SchemaField } from './schema-field/schema-field.tsx';
export type { SchemaFieldProps } from './schema-field/types.ts';
export { valueProblem } from './schema-field/value-problem.ts';
export { Screen } from './screen.tsx';
export { ShortId, shortenMiddle } from './short-id.tsx';
export { SplitPane } from './split-pane.tsx';
export { EmptyState, FailedNotice, FailedState, FormFailure, LoadingState, PartialNotice } from './states.tsx';
export { StatusBadge } from './status-badge.tsx';
export type { StatusTone } from './status-badge.tsx';
