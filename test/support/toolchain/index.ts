export { chromiumPath, requireTool } from './require-tool.ts';
export { cleanEnvironment } from './clean-environment.ts';
export { freePort } from './free-port.ts';
export { startKubeApi, type KubeApi } from './kube.ts';
export { startMoto, type Moto } from './moto.ts';
export { tofuEnvironment } from './tofu.ts';
export { startToolServer } from './tool-server.ts';
