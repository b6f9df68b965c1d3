export { AppError, fromWireError, toAppError, toWireError, wireErrorSchema } from './app-error.ts';
export type { AppErrorOptions, WireError } from './app-error.ts';
export { errorCodes } from './codes.ts';
export type { ErrorCode, Fault } from './codes.ts';
