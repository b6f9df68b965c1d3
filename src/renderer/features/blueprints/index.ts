export { BlueprintsScreen } from './blueprints-screen.tsx';
