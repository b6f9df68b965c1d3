import type { Boundary } from '#shared/model/index.ts';
import { boundaryOfType, proposeBoundary } from '../../artifacts/boundary-table.ts';
import type { Declaration } from '../source/declarations.ts';
import { isStatefulType } from '../stateful-types.ts';
import type { CalledModule } from '../source/module-calls.ts';

/** What a member creates, as resource types with their blocks. */
function createdBy(
  declaration: Declaration,
  modules: ReadonlyMap<string, CalledModule>,
): Readonly<Record<string, number>> {
  return declaration.kind === 'module' ? (modules.get(declaration.address)?.creates ?? {}) : { [declaration.type]: 1 };
}

/** Whether a member holds data, itself or inside the module it calls. */
export function isStateful(declaration: Declaration, modules: ReadonlyMap<string, CalledModule>): boolean {
  return Object.keys(createdBy(declaration, modules)).some(isStatefulType);
}

/** The boundary of some members together. */
export function boundaryOfMembers(
  declarations: readonly Declaration[],
  modules: ReadonlyMap<string, CalledModule>,
): Boundary {
  const creates: Record<string, number> = {};
  for (const declaration of declarations) {
    for (const [type, count] of Object.entries(createdBy(declaration, modules))) {
      creates[type] = (creates[type] ?? 0) + count;
    }
  }
  return proposeBoundary(creates).boundary;
}

/** Whether a member is what runs rather than what keeps: machines, functions, services, balancers. */
export function isRunning(declaration: Declaration, modules: ReadonlyMap<string, CalledModule>): boolean {
  return Object.keys(createdBy(declaration, modules)).some((type) => {
    const place = boundaryOfType(type);
    return place !== null && !place.companion && (place.boundary === 'compute' || place.boundary === 'application');
  });
}
