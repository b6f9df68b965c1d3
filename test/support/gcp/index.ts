export { companyAssets } from './company.ts';
export { startGrpcInventory } from './grpc-inventory.ts';
export { denied, FakeInventory } from './inventory.ts';
export type { FaultRule, InventoryFault } from './inventory-faults.ts';
export { type FakeAsset, type FakeScope, makeAsset } from './make-asset.ts';
export { type InventoryServer, startRestInventory } from './rest-inventory.ts';
