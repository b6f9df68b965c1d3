export type { Affected, AffectedInput } from './blast-radius.ts';
export { createEstateReader } from './estate-reader.ts';
export type { EstateReader, EstateReaderDeps, EstateSelection } from './estate-reader.ts';
export { createEstateService } from './estate-service.ts';
export type { EstateServiceDeps } from './estate-service.ts';
export { createGraphAccess } from './graph-access.ts';
export type { GraphAccess, GraphAccessDeps } from './graph-access.ts';
export { createGraphBuilder } from './graph-builder.ts';
export type { GraphBuilderDeps } from './graph-builder.ts';
