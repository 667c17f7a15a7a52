/**
 * Shows saved views, and the form to save one. The key of a private view is shown once, when it is made.
 */
import type { SavedView } from '../../../domain/saved-view.ts';
import { AddressList } from '../../../page/address-field.tsx';
import type { Markup } from '../../../page/markup.ts';
import { count } from '../../../page/plural.ts';
import { QrCode } from '../../../page/qr-code.tsx';
import type { CountedView } from '../../../pipeline/archive-owner.ts';
import type { savedView } from '../../api/contract/schema.ts';
import type { ApiAnswer } from '../frame/api-call.ts';
import { Badge, CheckBox, Field, PostForm, ProblemPanel, TagList } from '../frame/desk-parts.tsx';
import { DoneNote } from '../frame/notes.tsx';

/** The API's answer after a view was saved. */
type SavedJson = (typeof savedView)['_zod']['output'];

/** What the page shows. */
export interface ViewsView {
  readonly url: URL;
  readonly views: readonly CountedView[];
  readonly formToken: string;
  /** The answer to saving a view. */
  readonly answer?: ApiAnswer | undefined;
  /** The typed values, when they could not be saved. */
  readonly draft?: ViewDraft | undefined;
}

/** The fields of the form. */
export interface ViewDraft {
  readonly name: string;
  readonly title: string;
  readonly query: string;
  readonly tags: string;
  readonly isPrivate: boolean;
}

/** The page's content. */
export function ViewsPage({ url, views, formToken, answer, draft }: ViewsView): Markup {
  const held = views.find(({ view }) => view.name === url.searchParams.get('edit'))?.view;
  const query = url.searchParams.get('query') ?? '';
  const started = held === undefined ? { name: '', title: '', query, tags: '', isPrivate: false } : toDraft(held);
  return (
    <>
      <h1>Views</h1>
      <p class="lede">A query with a name: one address for exactly what you want, also for those you share it with.</p>
      <DoneNote url={url} />
      {answer?.ok === true && <SavedPanel saved={answer.json as SavedJson} />}
      {answer?.ok === false && <ProblemPanel problem={answer.problem} />}
      {views.length > 0 && (
        <section>
          <h2>Saved views</h2>
          <ul class="entries">
            {views.map((one) => (
              <ViewItem counted={one} />
            ))}
          </ul>
        </section>
      )}
      <section class="panel">
        <h2>{held === undefined ? 'Save a view' : <>Change {<bdi>{held.title}</bdi>}</>}</h2>
        <ViewForm draft={draft ?? started} isKnown={held !== undefined} formToken={formToken} />
      </section>
    </>
  );
}

function ViewItem({ counted: { view, week, readers } }: { readonly counted: CountedView }): Markup {
  const { name, title, query, tags, keyHash } = view;
  const isPrivate = keyHash !== undefined;
  const path = `/admin/views/${encodeURIComponent(name)}`;
  const page = `/views/${encodeURIComponent(name)}`;
  const link = (to: string, label: string, look = 'quiet'): Markup => (
    <a class={`button ${look}`} href={to} aria-label={`${label.replace('…', '')} ${title}`}>
      {label}
    </a>
  );
  return (
    <li>
      <h3>
        {isPrivate ? (
          <bdi>{title}</bdi>
        ) : (
          <a href={page}>
            <bdi>{title}</bdi>
          </a>
        )}{' '}
        <Badge tone={isPrivate ? 'warn' : 'good'}>{isPrivate ? 'Private' : 'Public'}</Badge>
      </h3>
      <p class="soft">
        <code>{name}</code> ·{' '}
        <a href={`/search?${query}`}>
          <bdi>{query === '' ? 'everything' : readable(query)}</bdi>
        </a>{' '}
        · {week.more ? 'more than ' : ''}
        {count(week.amount, 'entry', 'entries')} and {count(readers, 'reader')} in the last week
      </p>
      <p class="soft">{isPrivate ? 'Its feeds open with the key alone.' : <FeedLinks page={page} title={title} />}</p>
      <TagList labels={tags.map(({ label }) => label)} />
      <div class="acts">
        {link(`/admin/views?edit=${encodeURIComponent(name)}#title`, 'Change')}
        {link(`${path}/webhook`, 'Webhook')}
        {isPrivate && link(`${path}/key`, 'New key…')}
        {link(`${path}/remove`, 'Remove…', 'quiet danger')}
      </div>
    </li>
  );
}

function FeedLinks({ page, title }: { readonly page: string; readonly title: string }): Markup {
  const feeds = [
    ['rss.xml', 'RSS'],
    ['atom.xml', 'Atom'],
    ['feed.json', 'JSON Feed'],
  ] as const;
  return (
    <>
      {feeds.map(([file, label], at) => (
        <>
          {at > 0 && ' · '}
          <a href={`${page}/${file}`} aria-label={`${label} of ${title}`}>
            {label}
          </a>
        </>
      ))}
    </>
  );
}

function SavedPanel({ saved }: { readonly saved: SavedJson }): Markup {
  const { title, page, rss, atom, json, key } = saved;
  const addresses = [
    ['Page', page],
    ['RSS', rss],
    ['Atom', atom],
    ['JSON Feed', json],
  ] as const;
  return (
    <section class="panel good" role="status">
      <h2>
        <bdi>{title}</bdi> is saved
      </h2>
      {key !== undefined && (
        <p>
          <strong>Its key is in these addresses. Keep them now: the key is not shown again.</strong> Whoever has one of
          them can read the view. A new key shuts it for all who have the old one.
        </p>
      )}
      <AddressList addresses={addresses} />
      <details class="fold" open={key !== undefined}>
        <summary>For a phone: its page as a QR code</summary>
        <QrCode text={page} label={`The page of ${title}`} />
      </details>
    </section>
  );
}

function ViewForm({
  draft,
  isKnown,
  formToken,
}: {
  readonly draft: ViewDraft;
  readonly isKnown: boolean;
  readonly formToken: string;
}): Markup {
  const queryHint = (
    <>
      What follows the “?” in the address of a feed, or a whole address of this site: of a tag, a source, a search, a
      feed. <a href="/search">Search</a> until you see what you want, then copy the address.
    </>
  );
  return (
    <PostForm action="/admin/views" formToken={formToken}>
      <div class="fields">
        <Field label="Title">
          <input id="title" name="title" required maxlength="500" dir="auto" value={draft.title} />
        </Field>
        <Field label="Name in its address" hint="Small letters and numbers, with - _ . inside. May stay empty.">
          <input name="name" required={isKnown} maxlength="100" value={draft.name} readonly={isKnown} />
        </Field>
        <Field label="Query or address" isWide hint={queryHint}>
          <input name="query" value={draft.query} placeholder="tag=water,rivers&lang=en&q=-sport" />
        </Field>
        <Field label="Tags" hint="What you file the view under. Separate them with commas.">
          <input name="tags" dir="auto" value={draft.tags} />
        </Field>
        <CheckBox
          name="private"
          label="Private"
          hint="It opens only with a key in its address."
          isChecked={draft.isPrivate}
        />
        <div class="wide">
          <button>Save the view</button>
        </div>
      </div>
    </PostForm>
  );
}

function toDraft({ name, title, query, tags, keyHash }: SavedView): ViewDraft {
  return { name, title, query, tags: tags.map(({ label }) => label).join(', '), isPrivate: keyHash !== undefined };
}

/** Shows the query without percent-encoding. */
function readable(query: string): string {
  try {
    return decodeURIComponent(query.replaceAll('+', ' '));
  } catch {
    return query;
  }
}
