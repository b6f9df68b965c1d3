export { GcpConverter, type GcpFacts } from './converter.ts';
export { UnreadableAssetError } from './assets/asset.ts';
export { fullNameOf, nameIn } from './assets/names.ts';
export { createGcpProvider, type GcpProviderDeps } from './provider.ts';
