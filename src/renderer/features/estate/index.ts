export { EstateScreen } from './estate-screen.tsx';
