/**
 * Asks before a view is removed or gets a new key.
 */
import type { SavedView } from '../../../domain/saved-view.ts';
import type { Child, Markup } from '../../../page/markup.ts';
import { PostButton } from '../frame/desk-parts.tsx';

/** Asks before a view is removed. */
export function RemoveViewPage({ view, formToken }: { readonly view: SavedView; readonly formToken: string }): Markup {
  return (
    <Question
      view={view}
      formToken={formToken}
      action="remove"
      title="Remove the view"
      button="Remove it"
      keep="Keep it"
    >
      Its addresses open nothing any more, for everybody who has them. The entries stay where they are.
    </Question>
  );
}

/** Asks before the key of a private view is replaced. */
export function NewKeyPage({ view, formToken }: { readonly view: SavedView; readonly formToken: string }): Markup {
  return (
    <Question
      view={view}
      formToken={formToken}
      action="key"
      title="Make a new key for"
      button="Make a new key"
      keep="Keep the old key"
    >
      The addresses that you and others have of it open nothing any more. Everybody who reads the view needs a new
      address, your own readers and phones as well.
    </Question>
  );
}

function Question({
  view: { name, title },
  formToken,
  action,
  title: words,
  button,
  keep,
  children,
}: {
  readonly view: SavedView;
  readonly formToken: string;
  readonly action: string;
  readonly title: string;
  readonly button: string;
  readonly keep: string;
  readonly children: Child;
}): Markup {
  return (
    <>
      <h1>
        {words} <bdi>{title}</bdi>?
      </h1>
      <div class="panel">
        <p>{children}</p>
      </div>
      <div class="acts">
        <PostButton
          action={`/admin/views/${encodeURIComponent(name)}/${action}`}
          formToken={formToken}
          label={button}
          look="danger"
        />
        <a class="button quiet" href="/admin/views">
          {keep}
        </a>
      </div>
    </>
  );
}
