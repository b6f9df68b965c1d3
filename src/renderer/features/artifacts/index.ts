export { ArtifactsScreen } from './artifacts-screen.tsx';
