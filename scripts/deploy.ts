/**
 * `npm run deploy`: puts this tree on Cloudflare, creating what is missing.
 *
 * Queues must exist before a Worker may bind them, so they are created first; the KV namespace and the Durable Object
 * are created by wrangler itself. What follows `--` goes to `wrangler deploy`; with `--dry-run` nothing is created or sent.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const wrangler = resolve(root, 'node_modules/wrangler/bin/wrangler.js');

/** Queue names in wrangler.toml: every queue that is bound or consumed. */
function queueNames(): readonly string[] {
  const config = readFileSync(resolve(root, 'wrangler.toml'), 'utf8');
  const names = [...config.matchAll(/^\s*(?:queue|dead_letter_queue)\s*=\s*"([^"]+)"/gm)].map(([, name]) => name ?? '');
  return [...new Set(names)];
}

/** Creates a queue unless it is there; ends the process with wrangler's own words when it can be neither. */
function ensureQueue(name: string): void {
  const created = spawnSync(process.execPath, [wrangler, 'queues', 'create', name], { cwd: root, encoding: 'utf8' });
  const said = `${created.stdout}${created.stderr}`;
  if (created.status === 0) {
    console.log(`Queue ${name}: created.`);
  } else if (/already (?:exists|taken)|11009/i.test(said)) {
    console.log(`Queue ${name}: there already.`);
  } else {
    console.error(said);
    process.exit(created.status ?? 1);
  }
}

const args = process.argv.slice(2);
if (!args.includes('--dry-run')) for (const name of queueNames()) ensureQueue(name);
const deployed = spawnSync(process.execPath, [wrangler, 'deploy', ...args], { cwd: root, stdio: 'inherit' });
if (deployed.status === 0 && !args.includes('--dry-run')) {
  console.log(`
Next: put the address above into SITE_URL in wrangler.toml and deploy again, so that feeds name their public address;
set the admin token with \`npx wrangler secret put ADMIN_TOKEN\`.`);
}
process.exit(deployed.status ?? 1);
