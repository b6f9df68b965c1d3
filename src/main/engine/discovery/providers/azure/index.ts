export { convertAzureRow, type ConvertedRow } from './convert-row.ts';
