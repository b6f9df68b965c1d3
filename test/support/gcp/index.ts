export { companyAssets } from './company.ts';
