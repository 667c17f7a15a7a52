/**
 * `npm run deploy`: deploys this tree to Cloudflare, and creates missing resources.
 */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { unstable_readConfig as readConfig } from 'wrangler';

const root = resolve(import.meta.dirname, '..');
const wrangler = resolve(root, 'node_modules/wrangler/bin/wrangler.js');
const args = process.argv.slice(2);

/** Every queue that the environment sends to or reads from. */
function queueNames(): readonly string[] {
  const { values } = parseArgs({ args, options: { env: { type: 'string', short: 'e' } }, strict: false });
  const env = typeof values.env === 'string' ? values.env : undefined;
  const { queues } = readConfig({ config: resolve(root, 'wrangler.toml'), ...(env !== undefined && { env }) });
  const ends: readonly { queue: string; dead_letter_queue?: string }[] = [
    ...(queues.producers ?? []),
    ...(queues.consumers ?? []),
  ];
  const names = ends.flatMap(({ queue, dead_letter_queue: dead }) => (dead === undefined ? [queue] : [queue, dead]));
  return [...new Set(names)];
}

/** Creates a queue unless it exists; ends the process with wrangler's own words when it cannot. */
function ensureQueue(name: string): void {
  const created = spawnSync(process.execPath, [wrangler, 'queues', 'create', name], { cwd: root, encoding: 'utf8' });
  const said = `${created.stdout}${created.stderr}`;
  if (created.status === 0) console.log(`Queue ${name}: created.`);
  else if (/already (?:exists|taken)|11009/i.test(said)) console.log(`Queue ${name}: there already.`);
  else {
    console.error(said);
    process.exit(created.status ?? 1);
  }
}

const isDryRun = args.includes('--dry-run');
if (!isDryRun) for (const name of queueNames()) ensureQueue(name);
const deployed = spawnSync(process.execPath, [wrangler, 'deploy', ...args], { cwd: root, stdio: 'inherit' });
if (deployed.status === 0 && !isDryRun) {
  console.log(`
Next: put the address above into SITE_URL in wrangler.toml and deploy again, so that feeds name their public address;
set the admin token with \`npx wrangler secret put ADMIN_TOKEN\`.`);
}
process.exit(deployed.status ?? 1);
