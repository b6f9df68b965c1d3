export { BlueprintsScreen } from './blueprints-screen.tsx';
export { AudienceFields } from './editor/audience-fields.tsx';
export { CanvasInspector } from './inspector/canvas-inspector.tsx';
