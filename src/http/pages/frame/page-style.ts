/**
 * The stylesheet of the public pages.
 */
import { toInlineStyle } from '../../../page/inline-style.tsx';
import entry from '../style/entry.css';
import lists from '../style/lists.css';
import prose from '../style/prose.css';
import river from '../style/river.css';
import search from '../style/search.css';
import subscribe from '../style/subscribe.css';

/** One stylesheet for all pages: it is small, and a page differs from another by content, not by style. */
export const pageStyle = toInlineStyle(river, subscribe, search, lists, entry, prose);
