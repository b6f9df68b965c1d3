export { PatternsScreen } from './patterns-screen.tsx';
