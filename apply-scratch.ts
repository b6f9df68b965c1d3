import { mkdir, rm } from 'node:fs/promises';
import { startMoto } from '/work/wt/split/test/support/toolchain/index.ts';
import { applyRoot, prove, splitService, findingsOf } from '/work/wt/split/test/support/split/index.ts';
import { companyTerralith } from '/work/wt/split/test/support/split/company-terralith.ts';
const moto = await startMoto();
try {
  await rm('/tmp/sp/w', {recursive:true, force:true}); await mkdir('/tmp/sp/w');
  let t = Date.now();
  const root = await applyRoot('/tmp/sp/w', companyTerralith(moto.endpoint));
  console.log('applied', Date.now()-t); t = Date.now();
  const proof = await prove(splitService(), { root });
  console.log('proved', Date.now()-t, JSON.stringify(findingsOf(proof), null, 1).slice(0, 6000));
} catch (e) { console.log(String(e).slice(-3000), (e as any).stderr?.slice?.(-3000)); }
finally { await moto.stop(); }
