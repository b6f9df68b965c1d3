export { GcpConverter, type GcpFacts } from './converter.ts';
export { UnreadableAssetError } from './assets/asset.ts';
