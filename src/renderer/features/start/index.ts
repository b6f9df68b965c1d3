export { StartScreen } from './start-screen.tsx';
export { FolderBrowser } from './folder-browser.tsx';
