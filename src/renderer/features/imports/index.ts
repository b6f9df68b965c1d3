export { DropTarget } from './drop-target.tsx';
export { ExportButton } from './export-button.tsx';
export { ImportButton } from './import-button.tsx';
export { ImportLayer } from './import-layer.tsx';
export { ImportReport } from './import-report.tsx';
