/**
 * Turns the log of the Worker into lines for a person: one line an event, beginning with its time.
 */

import { toPrintable } from '../../src/domain/printable.ts';

/** A line of the Worker's log, parsed. */
export interface LoggedEvent {
  readonly event: string;
  readonly [field: string]: unknown;
}

/** How long to wait before unreached sources are reported: refreshes of a round end within seconds. Milliseconds. */
const usualRoundMs = 3000;

/** From so many sources on, failing all is a sign that this machine is offline. */
const manySources = 3;

/** Parses a line of the log; `undefined` when it is not an event of ours. */
export function parseEvent(line: string): LoggedEvent | undefined {
  if (!line.startsWith('{"event":')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Words for one event; `undefined` when it is nothing to tell. `now` is epoch milliseconds. */
export function describeEvent(event: LoggedEvent, now: number): string | undefined {
  switch (event.event) {
    case 'refresh':
      return describeRefresh(event, now);
    case 'publish':
      return undefined;
    case 'push':
      // Successful deliveries are left out: with thousands of subscribers they are thousands of lines a day.
      return event['outcome'] === 'failed'
        ? `${String(event['host'])} did not take what was sent: ${String(event['answer'])}`
        : undefined;
    case 'settings-unusable':
      return `settings cannot be used, nothing is checked: ${JSON.stringify(event['problems'])}`;
    case 'hub-asked':
      return `a hub was asked to ${String(event['mode'])}: ${String(event['answer'])}`;
    case 'push-ignored':
      return `a push was ignored: ${String(event['why'])}`;
    case 'mail':
      return `a mail came: ${String(event['outcome'])}`;
    case 'archive-unreachable':
      return 'the archive did not answer; what is due is found again at the next round';
    default:
      return [event.event, ...('error' in event ? [String(event['error'])] : [])].join(': ');
  }
}

/** `3 new, next check in 1 h`; pages of archived articles are reported only when they brought something. */
function describeRefresh(event: LoggedEvent, now: number): string | undefined {
  const [added, revised] = [Number(event['added']), Number(event['revised'])];
  const isArticle = isRecord(event['job']) && event['job']['kind'] === 'article';
  if (isArticle && added + revised === 0) return undefined;
  const title = String(event['title'] ?? event['url']);
  const next = renderWait(Number(event['nextCheckAt']) - now);
  if (event['outcome'] === 'failed')
    return `${title}: failed: ${lowerFirst(String(event['said'] ?? event['failure']))} Again ${next}.`;
  const news = [...(added > 0 ? [`${added} new`] : []), ...(revised > 0 ? [`${revised} changed`] : [])];
  return `${title}: ${news.length === 0 ? 'nothing new' : news.join(', ')}, next check ${next}`;
}

/** `in 84 min`, `in 3 h`, `in 2 days`. */
export function renderWait(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return 'at once';
  if (minutes < 120) return `in ${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `in ${hours} h` : `in ${Math.round(hours / 24)} days`;
}

/** Prints events; sources that were not reached are gathered, so that being offline is one line. */
export function createEventPrinter(
  print: (line: string) => void,
  roundMs = usualRoundMs,
): (event: LoggedEvent) => void {
  const say = (words: string, at: number): void => print(`${renderTime(at)} ${toPrintable(words)}`);
  let unreached: string[] = [];
  let others = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const endRound = (): void => {
    const names = unreached;
    const isOffline = others === 0 && names.length >= manySources;
    [unreached, others, timer] = [[], 0, undefined];
    if (isOffline) {
      say(
        `This machine seems to be offline: ${names.length} of ${names.length} sources could not be reached.`,
        Date.now(),
      );
    } else for (const name of names) say(name, Date.now());
  };
  return (event) => {
    const now = Date.now();
    const words = describeEvent(event, now);
    if (words === undefined) return;
    if (event['isUnreachable'] === true) {
      unreached.push(words);
      clearTimeout(timer);
      timer = setTimeout(endRound, roundMs);
      return;
    }
    if (event.event === 'refresh') others += timer === undefined ? 0 : 1;
    say(words, now);
  };
}

function renderTime(at: number): string {
  const time = new Date(at);
  return [time.getHours(), time.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
