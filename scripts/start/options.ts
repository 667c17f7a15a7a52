/**
 * Reads the arguments of `npm start`.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** How the product is run. */
export interface StartOptions {
  readonly port: number;
  readonly ip: string;
  /** Folder of the state. */
  readonly persistTo: string;
  /** Another configuration than wrangler.toml of this folder. */
  readonly config: string;
  /** Settings that win over wrangler.toml and .dev.vars. */
  readonly vars: Readonly<Record<string, string>>;
  /** Port of the runtime's inspector; `undefined`: none. */
  readonly inspectorPort: number | undefined;
  /** Seconds between two calls of the scheduled handler; 0: never. */
  readonly cronSeconds: number;
  /** Prints the log as the Worker writes it. */
  readonly isVerbose: boolean;
}

const root = resolve(import.meta.dirname, '../..');

export const usage = `npm start -- [options]
  --port 8787            where it listens
  --ip 127.0.0.1         0.0.0.0 lets other devices of your network in
  --persist-to folder    where state is kept (.wrangler/state)
  --var NAME:value       a setting of README.md, may be repeated
  --cron-seconds 60      how often sources that are due are asked; 0 = never
  --inspector-port n     debugger port of the runtime
  --config file          another wrangler.toml
  --verbose              the log as it is, one JSON object a line`;

/** Reads the arguments; throws an error that says what is wrong. */
export function readOptions(args: readonly string[]): StartOptions {
  const values = parse(args);
  const config = resolve(values.config);
  if (!existsSync(config)) throw new Error(`--config: there is no file ${config}`);
  const inspectorPort = values['inspector-port'];
  return {
    port: toNumber('port', values.port, 1, 65_535),
    ip: values.ip,
    persistTo: resolve(values['persist-to']),
    config,
    vars: Object.fromEntries(values.var.map(toSetting)),
    inspectorPort: inspectorPort === undefined ? undefined : toNumber('inspector-port', inspectorPort, 1, 65_535),
    cronSeconds: toNumber('cron-seconds', values['cron-seconds'], 0, 86_400),
    isVerbose: values.verbose,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseOptions(args);
  } catch (error) {
    const [message] = String(error instanceof Error ? error.message : error).split('. ');
    throw new Error(`${message}; npm start -- --help lists the options`, { cause: error });
  }
}

function parseOptions(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '8787' },
      ip: { type: 'string', default: '127.0.0.1' },
      'persist-to': { type: 'string', default: resolve(root, '.wrangler/state') },
      config: { type: 'string', default: resolve(root, 'wrangler.toml') },
      var: { type: 'string', multiple: true, default: [] },
      'inspector-port': { type: 'string' },
      'cron-seconds': { type: 'string', default: '60' },
      verbose: { type: 'boolean', default: false },
    },
  }).values;
}

function toNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new Error(`--${name} must be a whole number from ${least} to ${most}, not "${text}"`);
}

function toSetting(text: string): readonly [string, string] {
  const colon = text.indexOf(':');
  if (colon < 1) throw new Error(`--var must be NAME:value, not "${text}"`);
  return [text.slice(0, colon), text.slice(colon + 1)];
}
