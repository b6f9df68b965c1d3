export { deleteSubnetByHand, openPortByHand } from './hand-made-changes.ts';
export type { HandMadeChange } from './hand-made-changes.ts';
export { seedCompany } from './seed-company.ts';
export { companyRole } from './company-types.ts';
export type { CompanyAccount, CompanyRegion, CompanyStack, CompanySummary, SeedOptions } from './company-types.ts';
