/**
 * Reads .dev.vars, the local settings, and adds a random ADMIN_TOKEN to it on the first run.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import { codeOf } from './state-lock.ts';

/** The settings, and whether the token was made just now. */
export interface DevVars {
  readonly path: string;
  readonly settings: Readonly<Record<string, string | undefined>>;
  readonly isNewToken: boolean;
}

/** Reads the file beside a wrangler.toml. Throws an error that says why it cannot be read or written. */
export function readDevVars(configPath: string): DevVars {
  const path = join(dirname(configPath), '.dev.vars');
  const text = read(path);
  const settings = parseEnv(text);
  if (settings['ADMIN_TOKEN'] !== undefined && settings['ADMIN_TOKEN'] !== '')
    return { path, settings, isNewToken: false };
  const token = randomBytes(24).toString('base64url');
  const kept = text.replace(/^[ \t]*ADMIN_TOKEN[ \t]*=[ \t]*(?:""|'')?[ \t]*$\n?/gm, '');
  const separator = kept === '' || kept.endsWith('\n') ? '' : '\n';
  try {
    writeFileSync(path, `${kept}${separator}ADMIN_TOKEN="${token}"\n`, { mode: 0o600 });
  } catch (error) {
    throw new Error(`the admin token cannot be written into ${path} (${codeOf(error)})`, { cause: error });
  }
  return { path, settings: { ...settings, ADMIN_TOKEN: token }, isNewToken: true };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return '';
    throw new Error(`${path} cannot be read (${codeOf(error)})`, { cause: error });
  }
}
