/**
 * What a day of an installation costs on the free plan: estimates from the product's own constants and from what was
 * measured (rows of an entry: tests/workers/row-costs.test.ts; CPU: `npm run bench`, `npm run scale`).
 */
import { type Config, parseConfig } from '../../src/pipeline/config.ts';
import { jobsPerMessage } from '../../src/pipeline/job-message.ts';
import { afterPublish, nextPublishAt, usualWrites, wakePace, writesPerDay } from '../../src/pipeline/publish-pace.ts';
import { jobsPerWakeUp } from '../../src/pipeline/schedule.ts';

/** An installation to plan. */
export interface Installation {
  readonly sources: number;
  /** Between two checks of a source. */
  readonly minutes: number;
  /** The share of checks that find something new, 0 to 1. */
  readonly changeRate: number;
  /** New entries in each of those. */
  readonly entries: number;
  /** Archived articles under seeds/: loaded once, their pages asked about once a month. */
  readonly articles: number;
  readonly cronMinutes: number;
  /** Programs that poll one feed each. */
  readonly readers: number;
  readonly pollsPerHour: number;
  /** Isolates that answer them: each looks into KV for itself. */
  readonly isolates: number;
  /** The share of polls that the window cannot answer and the Archive is asked for, 0 to 1. */
  readonly rareShare: number;
}

/** One limit of the plan, and how much of it is used. */
export interface PlannedUse {
  readonly what: string;
  readonly used: number;
  readonly limit: number;
  /** How it was counted. */
  readonly how: string;
  /** What to change when the limit is exceeded. */
  readonly cure: string;
}

/** The free plan, a day. @see https://developers.cloudflare.com/workers/platform/limits/ */
const freePlan = {
  workerRequests: 100_000,
  kvWrites: 1000,
  kvReads: 100_000,
  kvDeletes: 1000,
  kvLists: 1000,
  queueOperations: 10_000,
  objectRequests: 100_000,
  rowsWritten: 100_000,
  cpuMsPerInvocation: 10,
} as const;

/** Rows that recording one entry writes, as the runtime counts them: two tags, an author, a language, full text, a link that is its guid. */
export const rowsPerEntry = 16;

/** Rows of a publish of one changed entry: its fragments, the open segment, the keys written and replaced, what was counted. */
const rowsPerPublish = 16;

/** Rows that loading one archived article writes, once: the entry, and what the seeds said of it. */
const rowsPerSeed = rowsPerEntry + 1;

/** The pages of old articles are asked so often. Days. */
const daysPerPage = 30;

/** The row of the check itself; and one for each message, of the requests that may be out. */
export const rowsPerCheck = 1;

/** Queue operations of one message: written, read, deleted. */
const operationsPerMessage = 3;

/** Calls of the Archive by one message: open all, and record what came with nothing new in up to three groups. */
const callsPerMessage = 4;

/** Calls of the Archive by one new document: which entries are unknown, and record. */
const callsPerChange = 2;

/** CPU of one check: asked and nothing new; with a new document of 100 KB, parsed, hashed, an entry sanitized. Milliseconds. */
const cpuMsPerCheck = { unchanged: 0.25, changed: 6 } as const;

/** What an isolate reads of a new version: its open segment, and the default feeds or a base. The look has read its index. */
const readsPerRenewal = 2;

const dayMinutes = 24 * 60;

/** Counts a day. */
export function planDay(installation: Installation): readonly PlannedUse[] {
  const { sources, minutes, changeRate, entries, articles, cronMinutes } = installation;
  const wakeUps = dayMinutes / cronMinutes;
  // Nothing is asked between two wake-ups, and no more in one than is taken.
  const checks = Math.min(
    (sources * dayMinutes) / Math.max(minutes, cronMinutes) + articles / daysPerPage,
    wakeUps * jobsPerWakeUp,
  );
  const changes = checks * changeRate;
  // The jobs of a wake-up share messages; the last one of a wake-up is not full.
  const messages = checks === 0 ? 0 : checks / jobsPerMessage + Math.min(checks, wakeUps);
  const publishes = publishesOfDay(changes, cronMinutes);
  const { readers, pollsPerHour, isolates, rareShare } = installation;
  const polls = readers * pollsPerHour * 24;
  const pollsOfIsolate = polls / isolates;
  const { windowLookSeconds } = defaultConfig();
  const looks = isolates * Math.min(pollsOfIsolate, (dayMinutes * 60) / windowLookSeconds);
  const renewals = isolates * Math.min(publishes, pollsOfIsolate);
  const asked = polls * rareShare;
  const lessOften = 'raise POLL_MINUTES and MIN_POLL_MINUTES, follow fewer sources, or use the paid plan';
  return [
    {
      what: 'KV writes',
      used: publishes * usualWrites,
      limit: freePlan.kvWrites,
      how: `${publishes} publishes of ${usualWrites}; KV_WRITES_PER_DAY keeps them inside`,
      cure: 'set KV_WRITES_PER_DAY to 1000 or less: changes then wait for each other',
    },
    {
      what: 'KV reads',
      used: looks + renewals * readsPerRenewal + wakeUps,
      limit: freePlan.kvReads,
      how: `${Math.round(looks)} looks of ${isolates} isolates, ${readsPerRenewal} more after a publish, 1 a wake-up`,
      cure: 'raise WINDOW_LOOK_SECONDS, or use the paid plan',
    },
    {
      what: 'KV deletes',
      used: publishes * (usualWrites - 1),
      limit: freePlan.kvDeletes,
      how: `${usualWrites - 1} values that a publish replaced; what cannot be deleted today is deleted tomorrow`,
      cure: 'set KV_WRITES_PER_DAY to 1000 or less',
    },
    {
      what: 'KV lists',
      used: 1,
      limit: freePlan.kvLists,
      how: 'by the first publish of a release with another layout of KV',
      cure: 'use the paid plan',
    },
    {
      what: 'Queue operations',
      used: messages * operationsPerMessage,
      limit: freePlan.queueOperations,
      how: `${Math.round(messages)} messages of up to ${jobsPerMessage} checks, ${operationsPerMessage} a message`,
      cure: lessOften,
    },
    {
      what: 'Durable Object requests',
      used: messages * callsPerMessage + changes * callsPerChange + wakeUps * 3 + publishes + asked,
      limit: freePlan.objectRequests,
      how: `${callsPerMessage} a message, ${callsPerChange} a change, 3 a wake-up, alarms, ${Math.round(asked)} of readers`,
      cure: lessOften,
    },
    {
      what: 'Durable Object rows written',
      used: checks * rowsPerCheck + messages + changes * entries * rowsPerEntry + publishes * rowsPerPublish,
      limit: freePlan.rowsWritten,
      how: `${rowsPerCheck} a check and a message, about ${rowsPerEntry} a new entry, ${rowsPerPublish} a publish`,
      cure: `${lessOften}; the first round of many sources may take more than a day: what did not fit goes first next time`,
    },
    {
      what: 'Rows written by loading seeds',
      used: articles * rowsPerSeed,
      limit: freePlan.rowsWritten,
      how: `${articles} articles, once, ${rowsPerSeed} rows each`,
      cure: `load them in parts, ${Math.floor(freePlan.rowsWritten / rowsPerSeed)} articles a day, or use the paid plan on the day of the load`,
    },
    {
      what: 'Worker requests',
      used: wakeUps + messages + polls,
      limit: freePlan.workerRequests,
      how: `wake-ups, messages, ${Math.round(polls)} polls`,
      cure: 'put a cache before it, or use the paid plan',
    },
    {
      what: 'CPU ms of one invocation',
      used: Math.max(
        cpuMsPerCheck.changed,
        jobsPerMessage * (cpuMsPerCheck.unchanged + changeRate * cpuMsPerCheck.changed),
      ),
      limit: freePlan.cpuMsPerInvocation,
      how: `${jobsPerMessage} checks in one invocation, documents of 100 KB`,
      cure: `set jobsPerMessage in src/pipeline/job-message.ts to ${checksWithinCpu(changeRate)}, or use the paid plan`,
    },
  ];
}

/** Checks that fit into one invocation on the free plan. */
function checksWithinCpu(changeRate: number): number {
  return Math.max(
    1,
    Math.floor(freePlan.cpuMsPerInvocation / (cpuMsPerCheck.unchanged + changeRate * cpuMsPerCheck.changed)),
  );
}

function defaultConfig(): Config {
  const config = parseConfig({});
  if (!config.ok) throw new Error('the default settings cannot be used');
  return config.value;
}

/** Publishes of the second of two simulated days: the first begins with a full reserve that is not there every day. */
function publishesOfDay(changesPerDay: number, cronMinutes: number): number {
  const perDay = writesPerDay(defaultConfig().kvWritesPerDay);
  const wakeUps = Math.floor((2 * dayMinutes) / cronMinutes);
  const changesPerWakeUp = (changesPerDay * cronMinutes) / dayMinutes;
  let pace = wakePace();
  let alarm: number | undefined;
  const published: number[] = [];
  const start = 1_800_000_000_000;
  let owed = 0;
  for (let wakeUp = 0; wakeUp < wakeUps; wakeUp += 1) {
    owed += changesPerWakeUp;
    for (let change = 0; owed >= 1; owed -= 1, change += 1) {
      // The answers of a round come over some seconds.
      const at = start + wakeUp * cronMinutes * 60_000 + Math.min(change * 500, 60_000);
      if (alarm !== undefined && alarm <= at) {
        pace = afterPublish(pace, perDay, usualWrites, alarm);
        published.push(alarm);
        alarm = undefined;
      }
      alarm ??= nextPublishAt(pace, perDay, at);
    }
  }
  return published.filter((at) => at >= start + dayMinutes * 60_000).length;
}
