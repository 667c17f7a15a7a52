/**
 * Renders a source for the API: instants as RFC 3339, unknown values as `null`, failures with a sentence.
 */
import { readChecks } from '../../../domain/check-history.ts';
import { describeFailure } from '../../../domain/failure.ts';
import { type Instant, renderRfc3339 } from '../../../domain/instant.ts';
import { newsletterAddress } from '../../../domain/newsletter-address.ts';
import { isSecretAddress, mayBeSecret } from '../../../domain/secret-address.ts';
import { isAsked } from '../../../domain/source.ts';
import type { SourceReport } from '../../../pipeline/archive-owner.ts';
import type { HeldKind, NewsletterReport } from '../../../pipeline/mail/newsletter-mails.ts';
import type { Subscription } from '../../../pipeline/websub/subscription.ts';
import { showRequest } from './source-request.ts';

/** The members that are used here. */
type SourceJson = Readonly<Record<string, unknown>> & { readonly state: object };

/** The JSON of one source (interface.md, and the schema `Source`). */
export function toSourceJson({ source, state, entries, subscription, newsletter }: SourceReport): SourceJson {
  return {
    id: source.id,
    kind: source.kind,
    page: source.page ?? null,
    url: source.kind === 'newsletter' ? `mailto:${newsletterAddress(source.url)}` : source.url,
    title: source.title,
    siteUrl: source.siteUrl ?? null,
    tags: source.tags.map((tag) => tag.slug),
    enabled: source.enabled,
    fullText: source.fullText,
    maxEntries: source.maxEntries,
    declaredBy: source.declaredBy,
    private: source.isPrivate === true,
    secret: source.isSecret === true,
    deduplicate: source.keepsDuplicates !== true,
    ...(source.isSecret === true &&
      !isSecretAddress(source.url) &&
      mayBeSecret(source.url) && { secretSuggested: true }),
    ...showRequest(source.request),
    push: subscription === undefined ? null : toPushJson(subscription),
    ...(newsletter !== undefined && { address: newsletterAddress(source.url), mail: toMailJson(newsletter) }),
    state: {
      lastCheckedAt: toTime(state.lastCheckedAt),
      lastOutcome: state.lastOutcome,
      lastFailure:
        state.lastFailure === undefined ? null : { ...state.lastFailure, detail: describeFailure(state.lastFailure) },
      consecutiveFailures: state.consecutiveFailures,
      // A site is not polled, and a switched-off source is not asked, so they have no next check.
      nextCheckAt: !isAsked(source) || !source.enabled || state.stopped ? null : toTime(state.nextCheckAt),
      nextCheckWhy: whyNext(source.kind, source.enabled, state.nextCheckWhy),
      stopped: state.stopped,
      etag: state.validators.etag ?? null,
      lastModified: state.validators.lastModified ?? null,
      entries,
      defects: state.defects,
    },
  };
}

/** The JSON of a single source, with its last checks, newest first. In a list of thousands they would be megabytes. */
export function toWholeSourceJson(report: SourceReport): Record<string, unknown> {
  const { state, ...source } = toSourceJson(report);
  const history = readChecks(report.state).toReversed();
  return { ...source, state: { ...state, history: history.map(({ at, ...check }) => ({ at: toTime(at), ...check })) } };
}

/** The senders of a newsletter, and its waiting mails. */
function toMailJson({ senders, unsubscribe, held }: NewsletterReport): object {
  const list = (wanted: HeldKind) =>
    held.flatMap(({ id, kind, at, sender, subject, link }) =>
      kind === wanted ? [{ id, at: toTime(at), sender, subject, link: link ?? null }] : [],
    );
  return { senders, unsubscribe: unsubscribe ?? null, waiting: list('waiting'), needsYou: list('needs-you') };
}

/** A subscription at a hub, without the secret parts. */
function toPushJson({ hub, topic, status, leaseUntil, pushedAt, nextAt, reason }: Subscription): object {
  return {
    hub,
    topic,
    status,
    leaseUntil: toTime(leaseUntil),
    lastPushAt: toTime(pushedAt),
    hubAskedNextAt: toTime(nextAt),
    reason: reason ?? null,
  };
}

/** RFC 3339; `null` when unknown. */
export function toTime(at: Instant | undefined): string | null {
  return at === undefined ? null : renderRfc3339(at);
}

function whyNext(kind: SourceReport['source']['kind'], enabled: boolean, why: string): string {
  if (kind === 'site') return 'a site of archived articles: their pages are asked one by one';
  if (kind === 'newsletter')
    return enabled ? 'its mails come by themselves' : 'switched off: its mails are rejected until it is enabled';
  return enabled ? why : 'switched off: not asked until it is enabled';
}
