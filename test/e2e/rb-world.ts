import { startWorld } from '#test/support/world/index.ts';
import { writeFileSync } from 'node:fs';
const world = await startWorld({ workspace: '/tmp/rb/ws', log: console.log });
writeFileSync('/tmp/rb/world.json', JSON.stringify({ endpoint: world.moto.endpoint, env: world.environment, company: world.company }, null, 1));
console.log('ready');
process.on('SIGTERM', () => void world[Symbol.asyncDispose]().then(() => process.exit(0)));
setInterval(() => undefined, 60_000);
