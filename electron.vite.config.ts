import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

export default defineConfig({
  main: {
    build: {
      // The engine is a program of its own: forked by Electron's main, by the browser shell and by the command line.
      // The building of large graphs is another, started by the engine.
      rollupOptions: {
        input: {
          index: 'src/main/index.ts',
          serve: 'src/main/serve.ts',
          cli: 'src/main/cli.ts',
          engine: 'src/main/engine-program.ts',
          graph: 'src/main/graph-program.ts',
        },
      },
    },
  },
  preload: {
    build: {
      // A sandboxed preload script must be CommonJS in one file.
      rollupOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: { rollupOptions: { input: { index: 'src/renderer/index.html' } } },
  },
});
