/**
 * Shows a newsletter on the page of its source: its address, its accepted senders, and the mails that wait for the owner.
 */
import type { Instant } from '../../../domain/instant.ts';
import { newsletterAddress } from '../../../domain/newsletter-address.ts';
import type { Source } from '../../../domain/source.ts';
import type { Child, Markup } from '../../../page/markup.ts';
import type { HeldMail, NewsletterReport } from '../../../pipeline/mail/newsletter-mails.ts';
import { FactList, Field, PostButton, PostForm } from '../frame/desk-parts.tsx';
import { RelativeTime } from '../frame/relative-time.tsx';
import { sourcePath } from './source-row.tsx';

/** The section. */
export function NewsletterSection({
  source,
  newsletter,
  now,
  formToken,
}: {
  readonly source: Source;
  readonly newsletter: NewsletterReport;
  readonly now: Instant;
  readonly formToken: string;
}): Markup {
  const { senders, unsubscribe, held } = newsletter;
  const facts: readonly (readonly [string, Child])[] = [
    ['Its address', <code>{newsletterAddress(source.url)}</code>],
    ['Senders', senders.length === 0 ? 'none yet: the first one is taken' : <bdi>{senders.join(', ')}</bdi>],
    [
      'To unsubscribe',
      unsubscribe !== undefined && (
        <a href={unsubscribe} rel="noreferrer">
          <bdi>{unsubscribe.slice(0, 100)}</bdi>
        </a>
      ),
    ],
  ];
  return (
    <section>
      <h2>Newsletter</h2>
      <FactList facts={facts} />
      {held.length > 0 && <h3>Mails that need you</h3>}
      {held.length > 0 && (
        <ul class="plainlist">
          {held.map((mail) => (
            <HeldMailItem mail={mail} action={`${sourcePath(source.id)}/mail`} now={now} formToken={formToken} />
          ))}
        </ul>
      )}
    </section>
  );
}

function HeldMailItem({
  mail,
  action,
  now,
  formToken,
}: {
  readonly mail: HeldMail;
  readonly action: string;
  readonly now: Instant;
  readonly formToken: string;
}): Markup {
  const { id, kind, at, sender, subject, link } = mail;
  const isWaiting = kind === 'waiting';
  return (
    <li>
      <p>
        <strong>
          <bdi>{subject}</bdi>
        </strong>{' '}
        <span class="soft">
          from <bdi>{sender}</bdi>, <RelativeTime at={at} now={now} />
        </span>
      </p>
      <p>
        {isWaiting && 'This sender is not known. Accept it, and its mails become entries.'}
        {!isWaiting &&
          link === undefined &&
          'It is for you alone, and holds no link that could be found. It is no entry.'}
        {!isWaiting && link !== undefined && (
          <>
            It is for you alone. Follow its link if you asked for it:{' '}
            <a href={link} rel="noreferrer">
              <bdi>{link.slice(0, 200)}</bdi>
            </a>
          </>
        )}
      </p>
      <div class="acts">
        {isWaiting && (
          <PostButton
            action={action}
            formToken={formToken}
            label="Accept the sender"
            look=""
            fields={{ mail: String(id), do: 'accept' }}
          />
        )}
        <PostButton
          action={action}
          formToken={formToken}
          label="Forget it"
          fields={{ mail: String(id), do: 'forget' }}
        />
      </div>
    </li>
  );
}

/** The form that adds a newsletter, on the page "Add". */
export function NewsletterForm({
  formToken,
  name = '',
}: {
  readonly formToken: string;
  readonly name?: string;
}): Markup {
  return (
    <section>
      <h2>Or a newsletter</h2>
      <PostForm action="/admin/add/newsletter" formToken={formToken}>
        <div class="fields">
          <Field
            label="Name"
            hint="It gets a mail address of its own, which you subscribe with. Letters, digits, hyphens."
          >
            <input
              name="newsletter"
              required
              maxlength="40"
              value={name}
              placeholder="weekly"
              autocapitalize="none"
              spellcheck="false"
            />
          </Field>
          <Field label="Tags" hint="Every entry gets them. Separate them with commas.">
            <input name="tags" dir="auto" />
          </Field>
          <div class="wide">
            <button>Make an address</button>
          </div>
        </div>
      </PostForm>
      <p class="soft">A newsletter is private: its entries are in views with a key, and never in a public one.</p>
    </section>
  );
}
