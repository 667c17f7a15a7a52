/**
 * Parses the settings: turns the environment's strings into checked values, or reports every problem at once.
 */
import { type HttpUrl, parseHttpUrl } from '../domain/http-url.ts';
import { parseZone } from '../domain/period.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import { isPublicName, type Site } from '../domain/site.ts';
import type { IntervalBounds } from './polling/interval.ts';

/** Checked settings. README.md describes each. */
export interface Config extends Site {
  /** Public origin without a trailing slash; absent = the origin of each request. */
  readonly siteUrl?: HttpUrl;
  /** Where the days of digests begin: a name of the IANA list. */
  readonly siteTimezone: string;
  /** How often a source is asked: the usual interval, and its bounds. */
  readonly interval: IntervalBounds;
  readonly adminToken?: string;
  /** Where alerts are posted as JSON. */
  readonly alertWebhook?: HttpUrl;
  /** `host` or `host:port`, lower case, that the guard against private addresses lets through. */
  readonly privateHosts: readonly string[];
  readonly hostPauseMs: number;
  readonly hostConcurrency: number;
  readonly fetchTimeoutMs: number;
  readonly maxBodyBytes: number;
  /** Whether copies of one article from several sources are shown once. */
  readonly isDeduplicating: boolean;
  /** 0 = for ever. */
  readonly retentionDays: number;
  /** KV writes that publishing may use in a day; 0 = no bound. */
  readonly kvWritesPerDay: number;
  /** How long an isolate serves the window it has before it looks for a newer one. */
  readonly windowLookSeconds: number;
  /** Whether WebSub is used, in both directions. */
  readonly isWebsubOn: boolean;
  /** The domain that receives newsletters: `MAIL_DOMAIN`, else the host of SITE_URL. */
  readonly mailDomain?: string;
}

/** A setting that cannot be used. */
export interface ConfigProblem {
  readonly setting: string;
  /** What is wrong, and what would be right. */
  readonly detail: string;
}

const defaultLanguage = 'en';

/** A shorter token can be guessed. Characters. */
const leastTokenLength = 16;

/** Bounds of the numeric settings: default, least, most. */
const numbers = {
  POLL_MINUTES: [60, 1, 7 * 24 * 60],
  MIN_POLL_MINUTES: [15, 1, 24 * 60],
  MAX_POLL_MINUTES: [24 * 60, 1, 7 * 24 * 60],
  HOST_PAUSE_MS: [1000, 0, 60_000],
  HOST_CONCURRENCY: [1, 1, 32],
  FETCH_TIMEOUT_MS: [20_000, 100, 60_000],
  MAX_BODY_BYTES: [8 * 1024 * 1024, 1024, 32 * 1024 * 1024],
  RETENTION_DAYS: [0, 0, 36_500],
  KV_WRITES_PER_DAY: [1000, 0, 100_000_000],
  WINDOW_LOOK_SECONDS: [15, 1, 3600],
} as const;

/** The settings that are text. */
type TextSetting =
  | 'SITE_TITLE'
  | 'SITE_DESCRIPTION'
  | 'SITE_LANGUAGE'
  | 'SITE_URL'
  | 'SITE_TIMEZONE'
  | 'ADMIN_TOKEN'
  | 'ALERT_WEBHOOK'
  | 'WEBSUB'
  | 'MAIL_DOMAIN'
  | 'DEDUPLICATE'
  | 'PRIVATE_HOSTS';

/** The environment's settings, unchecked. Each may be missing; `parseConfig` checks the values. */
export type Settings = { readonly [setting in TextSetting | keyof typeof numbers]?: string };

/** One setting as it is in force. */
export interface SettingInForce {
  readonly setting: string;
  /** The value; for a secret only whether it is set. */
  readonly value: string;
  readonly isDefault: boolean;
}

const secrets = ['ADMIN_TOKEN', 'ALERT_WEBHOOK'];

/** All settings in force, in the order in which they are read. */
export function listSettings(env: Settings): readonly SettingInForce[] {
  const settings: SettingInForce[] = [];
  parseConfig(env, (setting, value, isDefault) => {
    const told = secrets.includes(setting) && value !== '' ? 'set' : value;
    settings.push({ setting, value: told, isDefault });
  });
  return settings;
}

/** Reads the settings; a missing or empty one takes its default. Calls `note` for each. */
export function parseConfig(
  env: Settings,
  note?: (setting: string, value: string, isDefault: boolean) => void,
): Result<Config, readonly ConfigProblem[]> {
  const problems: ConfigProblem[] = [];
  const text = (setting: keyof Settings, fallback: string): string => {
    const value: unknown = env[setting];
    const isDefault = value === undefined || value === '';
    note?.(setting, typeof value === 'string' && !isDefault ? value : fallback, isDefault);
    if (isDefault) return fallback;
    if (typeof value === 'string') return value.trim();
    problems.push({ setting, detail: 'must be text' });
    return fallback;
  };
  const number = (setting: keyof typeof numbers): number => {
    const [fallback, least, most] = numbers[setting];
    const given = text(setting, note === undefined ? '' : String(fallback));
    // Every isolate reads the settings before its first answer, and most of them are not set.
    if (given === '') return fallback;
    const value = Number(given);
    if (/^\d{1,9}$/.test(given) && value >= least && value <= most) return value;
    problems.push({ setting, detail: `must be a whole number from ${least} to ${most}, not "${given}"` });
    return fallback;
  };
  const siteUrl = readSiteUrl(text('SITE_URL', ''), problems);
  const adminToken = text('ADMIN_TOKEN', '');
  const alertWebhook = readWebhook(text('ALERT_WEBHOOK', ''), problems);
  const mailDomain = readDomain(text('MAIL_DOMAIN', ''), problems) ?? (siteUrl && new URL(siteUrl).hostname);
  const config: Config = {
    siteTitle: text('SITE_TITLE', 'Tributary'),
    siteDescription: text('SITE_DESCRIPTION', 'Everything we follow, in one place.'),
    ...(siteUrl === undefined ? {} : { siteUrl }),
    siteLanguage: readLanguage(text('SITE_LANGUAGE', defaultLanguage), problems),
    siteTimezone: readZone(text('SITE_TIMEZONE', 'UTC'), problems),
    interval: {
      minMinutes: number('MIN_POLL_MINUTES'),
      usualMinutes: number('POLL_MINUTES'),
      maxMinutes: number('MAX_POLL_MINUTES'),
    },
    ...(adminToken === '' ? {} : { adminToken }),
    ...(alertWebhook === undefined ? {} : { alertWebhook }),
    ...(mailDomain === undefined ? {} : { mailDomain }),
    isWebsubOn: readSwitch('WEBSUB', text('WEBSUB', 'on'), problems),
    privateHosts: readHosts(text('PRIVATE_HOSTS', ''), problems),
    hostPauseMs: number('HOST_PAUSE_MS'),
    hostConcurrency: number('HOST_CONCURRENCY'),
    fetchTimeoutMs: number('FETCH_TIMEOUT_MS'),
    maxBodyBytes: number('MAX_BODY_BYTES'),
    isDeduplicating: readSwitch('DEDUPLICATE', text('DEDUPLICATE', 'on'), problems),
    retentionDays: number('RETENTION_DAYS'),
    kvWritesPerDay: number('KV_WRITES_PER_DAY'),
    windowLookSeconds: number('WINDOW_LOOK_SECONDS'),
  };
  problems.push(...checkTogether(config));
  if (problems.length > 0) return fail(problems);
  return ok(isReachable(config) && config.isWebsubOn ? { ...config, hubUrl: toHubUrl(config.siteUrl) } : config);
}

/** Whether others can send us requests: `SITE_URL` has a public name, or one that `PRIVATE_HOSTS` allows. */
function isReachable(config: Config): config is Config & { readonly siteUrl: HttpUrl } {
  if (config.siteUrl === undefined) return false;
  const { hostname, host } = new URL(config.siteUrl);
  return isPublicName(hostname) || config.privateHosts.includes(host) || config.privateHosts.includes(hostname);
}

function toHubUrl(siteUrl: HttpUrl): HttpUrl {
  return `${siteUrl}/hub` as HttpUrl;
}

/** Problems of settings that are valid alone but not together. */
function checkTogether({ adminToken, interval }: Config): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  if (adminToken !== undefined && adminToken.length < leastTokenLength) {
    const detail = `must have at least ${leastTokenLength} characters, so that nobody can guess it; "openssl rand -hex 32" makes one`;
    problems.push({ setting: 'ADMIN_TOKEN', detail });
  }
  if (interval.minMinutes > interval.maxMinutes) {
    const detail = `must not be more than MAX_POLL_MINUTES (${interval.maxMinutes}), but is ${interval.minMinutes}`;
    problems.push({ setting: 'MIN_POLL_MINUTES', detail });
  }
  return problems;
}

function readSiteUrl(text: string, problems: ConfigProblem[]): HttpUrl | undefined {
  if (text === '') return undefined;
  const url = parseHttpUrl(text);
  const { pathname, search, origin } = new URL(url ?? 'none:');
  if (pathname === '/' && search === '') return origin as HttpUrl;
  problems.push({ setting: 'SITE_URL', detail: `must be an origin such as https://feeds.example.org, not "${text}"` });
  return undefined;
}

function readWebhook(text: string, problems: ConfigProblem[]): HttpUrl | undefined {
  const url = text === '' ? undefined : parseHttpUrl(text);
  if (text === '' || url !== undefined) return url;
  // The address may hold a secret: the message does not repeat it.
  problems.push({ setting: 'ALERT_WEBHOOK', detail: 'must be an http(s) URL that takes a POST with JSON' });
  return undefined;
}

function readSwitch(setting: string, text: string, problems: ConfigProblem[]): boolean {
  if (text === 'on' || text === 'off') return text === 'on';
  problems.push({ setting, detail: `must be on or off, not "${text}"` });
  return true;
}

function readDomain(text: string, problems: ConfigProblem[]): string | undefined {
  if (text === '') return undefined;
  const domain = text.toLowerCase();
  if (/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z](?:[a-z0-9-]*[a-z0-9])?$/.test(domain)) return domain;
  problems.push({ setting: 'MAIL_DOMAIN', detail: `must be a domain such as news.example.org, not "${text}"` });
  return undefined;
}

function readLanguage(text: string, problems: ConfigProblem[]): string {
  if (text === defaultLanguage || /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(text)) return text;
  problems.push({ setting: 'SITE_LANGUAGE', detail: `must be a language tag such as en or pt-BR, not "${text}"` });
  return defaultLanguage;
}

function readZone(text: string, problems: ConfigProblem[]): string {
  // Most isolates need no zone but this one, and looking up another one loads tables.
  const zone = text === 'UTC' ? text : parseZone(text);
  if (zone !== undefined) return zone;
  problems.push({
    setting: 'SITE_TIMEZONE',
    detail: `must be a time zone of the IANA list such as Europe/Berlin, not "${text}"`,
  });
  return 'UTC';
}

function readHosts(text: string, problems: ConfigProblem[]): readonly string[] {
  if (text === '') return [];
  const hosts = text
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter((host) => host !== '');
  for (const host of hosts) {
    if (parseHttpUrl(`http://${host}/`)?.includes('@') === false && !/[/?#]/.test(host)) continue;
    problems.push({
      setting: 'PRIVATE_HOSTS',
      detail: `"${host}" must be a host or host:port, without a scheme or path`,
    });
  }
  return hosts;
}
