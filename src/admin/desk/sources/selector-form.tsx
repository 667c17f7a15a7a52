/**
 * Shows the fields for the selectors of a page without a feed, with other proposals.
 */
import { type PageSelectors, pageFields, tidySelectors } from '../../../domain/page-selectors.ts';
import type { Markup } from '../../../page/markup.ts';
import { count } from '../../../page/plural.ts';
import type { OfferedSelectors } from '../../api/sources/page-proposals.ts';
import { Field } from '../frame/desk-parts.tsx';

const allFields = ['item', ...pageFields] as const;

const hints: Readonly<Record<(typeof allFields)[number], string>> = {
  item: 'Each entry: article.post, li.item; in JSON $.items[*]',
  title: 'Seen from the item: h2. Empty: its heading',
  link: 'h2 a. Empty: the link of the title',
  date: 'time, .date, or time@datetime for an attribute. Empty: what looks like one',
  summary: 'p.intro. Empty: its first paragraph',
  image: 'img. Empty: its first picture',
  author: '.byline. Empty: what is marked as one',
};

/** The field of a form that holds a selector. */
function nameOf(field: string): string {
  return `page-${field}`;
}

/** The selectors of a form or an address; `undefined` when it names no item. */
export function readSelectors(textOf: (name: string) => string | null | undefined): PageSelectors | undefined {
  const item = textOf(nameOf('item'))?.trim() ?? '';
  if (item === '') return undefined;
  return tidySelectors({
    item,
    ...Object.fromEntries(pageFields.map((field) => [field, textOf(nameOf(field)) ?? undefined])),
  });
}

/** Selectors as hidden fields of a form, or as parameters of an address. */
export function toFields(page: PageSelectors | null | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(page ?? {}).flatMap(([field, selector]) =>
      selector === undefined ? [] : [[nameOf(field), selector]],
    ),
  );
}

/** The API call that previews an address. */
export function previewPath(address: string, page: PageSelectors | undefined): string {
  const parameters = new URLSearchParams({
    url: address,
    ...(page === undefined ? {} : { page: JSON.stringify(page) }),
  });
  return `/admin/api/preview?${parameters.toString()}`;
}

/** The fields; a preview stores nothing. */
export function SelectorForm({
  action,
  url,
  page,
}: {
  readonly action: string;
  /** Set when the form is about an address. */
  readonly url?: string;
  readonly page: PageSelectors | undefined;
}): Markup {
  return (
    <form class="panel" method="get" action={action}>
      {url !== undefined && <input type="hidden" name="url" value={url} />}
      <div class="fields">
        {allFields.map((field) => (
          <Field label={`${field[0]?.toUpperCase()}${field.slice(1)}`} hint={hints[field]} isWide={field === 'item'}>
            <input
              name={nameOf(field)}
              value={page?.[field] ?? ''}
              required={field === 'item'}
              maxlength="400"
              dir="ltr"
              autocomplete="off"
              autocapitalize="none"
              spellcheck="false"
            />
          </Field>
        ))}
        <div class="wide">
          <button class="quiet">Look with these selectors</button>
        </div>
      </div>
    </form>
  );
}

function toAddress(path: string, parameters: Readonly<Record<string, string>>): string {
  return `${path}?${new URLSearchParams(parameters).toString()}`;
}

/** Links to other proposed selectors. */
export function OtherProposals({
  action,
  url,
  proposals,
}: {
  readonly action: string;
  readonly url?: string;
  readonly proposals: readonly OfferedSelectors[];
}): Markup {
  if (proposals.length === 0) return <></>;
  return (
    <>
      <p>Other lists on the page:</p>
      <ul>
        {proposals.map(({ page, entries, newest }) => (
          <li>
            <a href={toAddress(action, { ...(url === undefined ? {} : { url }), ...toFields(page) })}>
              <code>{page.item}</code>
            </a>{' '}
            <span class="soft">
              ({count(entries, 'entry', 'entries')}: <bdi>{newest.join(' · ')}</bdi>)
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The fields, closed at first. */
export function OwnSelectors({
  address,
  page,
}: {
  readonly address: string;
  readonly page: PageSelectors | undefined;
}): Markup {
  return (
    <details class="fold" open={page !== undefined}>
      <summary>Read the page by selectors of your own</summary>
      <SelectorForm action="/admin/add" url={address} page={page} />
    </details>
  );
}

/** The selectors of a preview, and other proposals. A page with markup for machines needs none. */
export function PageChoice({
  url,
  page,
  proposals,
}: {
  readonly url: string;
  readonly page: PageSelectors | null;
  readonly proposals: readonly OfferedSelectors[];
}): Markup {
  if (page === null) return <OwnSelectors address={url} page={undefined} />;
  const others = proposals.filter((one) => one.page.item !== page.item);
  return (
    <details class="fold" open>
      <summary>Where the entries are on the page</summary>
      <SelectorForm action="/admin/add" url={url} page={page} />
      <OtherProposals action="/admin/add" url={url} proposals={others} />
    </details>
  );
}
