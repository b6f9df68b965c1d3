import { parseArgs } from 'node:util';
import { seedCompany } from '#test/support/company/index.ts';

// Fills a running moto server with the sample company: node tools/sample/seed.ts --endpoint http://127.0.0.1:5000
const { values } = parseArgs({ options: { endpoint: { type: 'string' } } });
if (values.endpoint === undefined) {
  console.error('Say where the server is: node tools/sample/seed.ts --endpoint http://127.0.0.1:5000');
  process.exitCode = 2;
} else {
  try {
    const summary = await seedCompany({ endpoint: values.endpoint });
    console.log(JSON.stringify(summary, null, 2));
  } catch (error) {
    console.error(`${values.endpoint}: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
