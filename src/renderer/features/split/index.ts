export { SplitScreen } from './split-screen.tsx';
