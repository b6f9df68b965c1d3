export { ConnectionEditor } from './connections/connection-editor.tsx';
export { ConnectionFields } from './connections/connection-fields.tsx';
export { ConnectButtons } from './connections/connect-buttons.tsx';
export {
  cloudNames,
  emptyConnectionForm,
  emptyFormOf,
  formOfConnection,
  problemsOfForm,
  requestOfConnections,
  requestOfForm,
} from './connections/connection-form.ts';
export { ReadOnlyPolicy } from './connections/read-only-policy.tsx';
export { describeConnection } from './connections-section.tsx';
export { SettingsScreen } from './settings-screen.tsx';
export { ToolsTable } from './tools-table.tsx';
