/**
 * Offers a bookmark that opens the desk with the address of the current page.
 */
import type { Markup } from '../../../page/markup.ts';

/** The panel. The script turns the text into a link that can be dragged to the bookmarks. */
export function Bookmarklet({ origin }: { readonly origin: string }): Markup {
  const code = `javascript:location.href=${JSON.stringify(`${origin}/admin/add?url=`)}+encodeURIComponent(location.href)`;
  return (
    <details class="fold">
      <summary>Add from any page, with a bookmark</summary>
      <p>
        <a class="button quiet" data-bookmarklet="bookmarklet" hidden>
          Follow in {new URL(origin).host}
        </a>
      </p>
      <div class="address">
        <label for="bookmarklet">
          Drag the button to your bookmarks, or make a bookmark with this address
          <input id="bookmarklet" readonly value={code} />
        </label>
        <button type="button" class="quiet" data-copy="bookmarklet" aria-label="Copy the bookmark" hidden>
          Copy
        </button>
      </div>
      <p class="soft">
        On a page with something to read, the bookmark opens this page with that address. On a phone, install this site
        as an app: then it is in the share menu.
      </p>
    </details>
  );
}
