export { companyAssets, companyScopes } from './company.ts';
export { type FakeAsset, type FakeScope, makeAsset } from './make-asset.ts';
