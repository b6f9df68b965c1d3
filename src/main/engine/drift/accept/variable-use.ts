import type { AttributePath } from '../check/differences.ts';
import type { InstanceAddress } from './module-source.ts';
import { parsePath } from './value-edit.ts';

/** A value that is exactly a variable of the module, or a place inside one. */
export interface VariableUse {
  readonly variable: string;
  readonly path: AttributePath;
}

const steps = String.raw`((?:\.[A-Za-z_][\w-]*|\["[^"\\$%]*"\]|\[\d+\])*)`;
const variablePattern = new RegExp(String.raw`^var\.([A-Za-z_][\w-]*)${steps}$`);
const eachPattern = new RegExp(String.raw`^each\.value${steps}$`);

/** Reads `var.x`, `var.x.y["z"]`, and `each.value.y` where the block repeats over a variable; null for anything else. */
export function readVariable(text: string, forEach: string | null, address: InstanceAddress): VariableUse | null {
  const direct = variablePattern.exec(text);
  if (direct !== null) return { variable: direct[1] ?? '', path: pathOf(direct[2]) };
  const each = eachPattern.exec(text);
  if (each === null || forEach === null || typeof address.index !== 'string') return null;
  const over = readVariable(forEach, null, address);
  return over === null ? null : { variable: over.variable, path: [...over.path, address.index, ...pathOf(each[1])] };
}

function pathOf(text: string | undefined): AttributePath {
  return text === undefined || text === '' ? [] : parsePath(text);
}
