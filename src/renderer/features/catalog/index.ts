export { CatalogScreen } from './catalog-screen.tsx';
