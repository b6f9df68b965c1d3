export { DriftScreen } from './drift-screen.tsx';
