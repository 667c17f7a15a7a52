/**
 * Shows the two steps of adding a source: the preview of an address, and the owner's decision.
 */
import type { PageSelectors } from '../../../domain/page-selectors.ts';
import type { Child, Markup } from '../../../page/markup.ts';
import { count } from '../../../page/plural.ts';
import type { preview } from '../../api/contract/preview-schema.ts';
import type { OfferedFeed } from '../../api/sources/find-feed.ts';
import type { ApiAnswer, ApiProblem } from '../frame/api-call.ts';
import { Field, PostForm, ProblemPanel, TagList } from '../frame/desk-parts.tsx';
import { DefectList } from './defect-list.tsx';
import { SourceLimits } from './desk-source-page.tsx';
import { OwnSelectors, PageChoice, toFields } from './selector-form.tsx';
import { sourcePath } from './source-row.tsx';

/** The API's answer to a preview. */
export type Preview = (typeof preview)['_zod']['output'];

/** Entries that a person looks at before deciding. */
const shownEntries = 8;

/** The field alone, or with the preview. */
export function AddPage({
  address,
  selectors,
  answer,
  formToken,
  problem,
}: {
  readonly address: string;
  /** Given in the same form. */
  readonly selectors?: PageSelectors | undefined;
  /** The API's answer, when an address was given. */
  readonly answer?: ApiAnswer | undefined;
  readonly formToken: string;
  readonly problem?: ApiProblem | undefined;
}): Markup {
  return (
    <>
      <h1>Add a source</h1>
      <AddressForm address={address} />
      <ProblemPanel problem={problem} />
      {answer?.ok === true && <PreviewSection feed={answer.json as Preview} formToken={formToken} />}
      {answer?.ok === false && answer.problem.feeds !== undefined && (
        <FeedChoice feeds={answer.problem.feeds} action="/admin/add" />
      )}
      {answer?.ok === false && answer.problem.feeds === undefined && (
        <>
          <ProblemPanel problem={answer.problem} />
          <p>
            Look for a link named RSS, Atom or Feed on the site, and paste its address. Some sites have no feed at all:
            then say where the entries are on the page.
          </p>
          <OwnSelectors address={address} page={selectors} />
        </>
      )}
    </>
  );
}

function AddressForm({ address }: { readonly address: string }): Markup {
  return (
    <form class="row panel" method="get" action="/admin/add">
      <label>
        Address of a site or of its feed
        <input
          name="url"
          inputmode="url"
          required
          placeholder="example.org"
          value={address}
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          autofocus={address === ''}
        />
      </label>
      <button>Look</button>
      <span class="hint wide">It is asked now. Nothing is kept until you decide.</span>
    </form>
  );
}

/** Feeds to choose from, each with its newest entries. */
export function FeedChoice({
  feeds,
  action,
}: {
  readonly feeds: readonly OfferedFeed[];
  /** The address that previews the chosen feed. */
  readonly action: string;
}): Markup {
  const isGuess = feeds.every((feed) => feed.isGuess);
  return (
    <form class="panel" method="get" action={action}>
      <fieldset>
        <legend>
          {isGuess ? 'The page announces no feed, but there is one where feeds often are:' : 'Which feed do you mean?'}
        </legend>
        {feeds.map((feed, place) => (
          <label class="check">
            <input type="radio" name="url" value={feed.url} checked={place === 0} required />
            <span>
              <bdi>{feed.title}</bdi> <span class="soft">({count(feed.entries, 'entry', 'entries')})</span>
              <span class="hint">
                <bdi>{feed.url}</bdi>
                {feed.known !== undefined && ' · you follow it already'}
                {feed.newest.length > 0 && ` · ${feed.newest.join(' · ')}`}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      <button>Look at it</button>
    </form>
  );
}

/** The preview, with the possible actions. */
export function PreviewSection({
  feed,
  formToken,
  decision,
}: {
  readonly feed: Preview;
  readonly formToken: string;
  /** Replaces the form that adds it. */
  readonly decision?: Markup;
}): Markup {
  const { url, title, description, discoveredFrom, format, language, entries, defects, dropped, known } = feed;
  const facts: readonly Child[] = [
    ` · ${formatName(format)}`,
    language !== null && ` · ${language}`,
    ` · ${count(entries.length, 'entry', 'entries')}`,
    entries.length === 50 && ' or more',
  ];
  return (
    <section aria-labelledby="feed">
      <h2 id="feed">
        <bdi>{title || url}</bdi>
      </h2>
      {description !== '' && (
        <p class="lede" dir="auto">
          {description}
        </p>
      )}
      <p class="soft">
        {feed.kind === 'page' && 'There is no feed here. The entries are read from the page itself: '}
        {feed.kind === 'feed' && (discoveredFrom === null ? 'The address is a feed: ' : 'The page has a feed: ')}
        <bdi>{url}</bdi>
        {facts}
      </p>
      {decision}
      {decision === undefined && known === null && <Decision feed={feed} formToken={formToken} />}
      {decision === undefined && feed.kind === 'page' && (
        <PageChoice url={url} page={feed.page} proposals={feed.proposals ?? []} />
      )}
      {decision === undefined && known !== null && (
        <p class="panel good">
          You follow this feed already: <a href={sourcePath(known)}>its page</a>.
        </p>
      )}
      <h2>What it brings</h2>
      <Dropped dropped={dropped} />
      {entries.length === 0 && <p>It has no entries yet.</p>}
      <ul class="entries">
        {entries.slice(0, shownEntries).map((entry) => (
          <PreviewEntry entry={entry} />
        ))}
      </ul>
      {entries.length > shownEntries && <p class="soft">and {entries.length - shownEntries} more</p>}
      {defects.length > 0 && (
        <details class="fold">
          <summary>{count(defects.length, 'fault')} in the feed, repaired</summary>
          <DefectList defects={defects} />
        </details>
      )}
    </section>
  );
}

/** The elements that sanitizing removes from the entries. */
function Dropped({ dropped }: Pick<Preview, 'dropped'>): Markup {
  if (dropped.length === 0) return <></>;
  return (
    <p class="soft">
      Taken out to make it safe:{' '}
      {dropped
        .slice(0, 8)
        .map(({ element, count: amount }) => `${amount} × ${element}`)
        .join(', ')}
      {dropped.length > 8 && ' and more'}.
    </p>
  );
}

function PreviewEntry({ entry }: { readonly entry: Preview['entries'][number] }): Markup {
  return (
    <li class={entry.image !== null && 'pictured'}>
      {entry.image !== null && <img src={entry.image} alt="" loading="lazy" width="96" height="64" />}
      <h3 dir="auto">{entry.title || 'Untitled'}</h3>
      <p class="soft">
        <span>{(entry.published ?? entry.updated ?? 'no date').slice(0, 10)}</span> <bdi>{entry.url ?? ''}</bdi>
      </p>
      {entry.summary !== '' && <p dir="auto">{entry.summary}</p>}
      <TagList labels={entry.tags} />
    </li>
  );
}

function Decision({
  feed: { url, title, page },
  formToken,
}: {
  readonly feed: Preview;
  readonly formToken: string;
}): Markup {
  return (
    <div class="panel">
      <PostForm action="/admin/add" formToken={formToken} fields={{ url, ...toFields(page) }}>
        <div class="fields">
          <Field label="Title" hint="Empty: as the feed calls itself.">
            <input name="title" maxlength="500" placeholder={title} dir="auto" />
          </Field>
          <Field label="Tags" hint="Every entry gets them. Separate them with commas.">
            <input name="tags" dir="auto" />
          </Field>
          <SourceLimits maxEntries={0} isFullText={false} />
          <div class="wide">
            <button>Follow</button>
          </div>
        </div>
      </PostForm>
    </div>
  );
}

/** `RSS 2.0` for `rss-2.0`, `page by JSON-LD` for `page-json-ld`. */
function formatName(format: string): string {
  const [family = '', ...rest] = format.split('-');
  if (family === 'page') return rest.length === 0 ? 'page' : `page by ${rest.join('-').replace('json-ld', 'JSON-LD')}`;
  const name = family === 'json' ? 'JSON Feed' : family === 'atom' ? 'Atom' : family.toUpperCase();
  return [name, ...rest.filter((part) => part !== 'feed')].join(' ');
}
