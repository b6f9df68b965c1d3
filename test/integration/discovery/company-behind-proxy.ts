import { type CompanySummary, seedCompany } from '#test/support/company/index.ts';
import { type FaultProxy, startFaultProxy } from '#test/support/fault-proxy/index.ts';
import { startMoto } from '#test/support/toolchain/index.ts';

/** The company on moto, reached through a proxy that can be told to fail. */
export interface CompanyBehindProxy extends AsyncDisposable {
  readonly company: CompanySummary;
  readonly proxy: FaultProxy;
  /** Past the proxy. */
  readonly endpoint: string;
  /** Ids of two of its accounts. */
  readonly production: string;
  readonly staging: string;
}

/** Starts moto, makes the repeated part of the company there, and puts the proxy in front. */
export async function startCompanyBehindProxy(): Promise<CompanyBehindProxy> {
  await using started = new AsyncDisposableStack();
  const moto = await startMoto();
  started.defer(() => moto.stop());
  const company = await seedCompany({ endpoint: moto.endpoint, parts: 'pattern' });
  const proxy = await startFaultProxy(moto.endpoint);
  started.defer(() => proxy.stop());
  const all = started.move();
  return {
    company,
    proxy,
    endpoint: moto.endpoint,
    production: company.accounts.production.id,
    staging: company.accounts.staging.id,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
