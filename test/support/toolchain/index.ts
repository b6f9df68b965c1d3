export { chromiumPath, locate, requireTool, type ToolName } from './require-tool.ts';
export { cleanEnvironment } from './clean-environment.ts';
export { freePort } from './free-port.ts';
export { startKubeApi, type KubeApi } from './kube.ts';
export { startMoto, type Moto, type MotoOptions } from './moto.ts';
export { tofuEnvironment, type TofuEnvironmentOptions } from './tofu.ts';
export { startToolServer, type ReadinessProbe, type ToolServer, type ToolServerOptions } from './tool-server.ts';
