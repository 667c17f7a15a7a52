/**
 * What a page says after an action that led to it: words of ours, chosen by a code, so that an address cannot put any in.
 */
import { html, type Markup } from '../../../page/html.ts';
import { renderNote } from './desk-layout.ts';

const notes = {
  added: 'Added, with the entries it has now.',
  known: 'This feed was followed already: here it is.',
  saved: 'Saved.',
  paused: 'Paused. It is not asked until you resume it; its entries stay.',
  resumed: 'Resumed.',
  removed: 'Removed. Its entries are kept, not shown: adding it again shows them again.',
  asked: 'It is being asked now.',
  resting:
    'It was asked a short while ago and is not due yet. Sites like to be left in peace; you may ask all the same.',
  'asked-all': 'Everything that was due is being asked now.',
  'resting-all': 'Nothing is due: everything was asked a short while ago.',
  'rule-saved': 'The rule is saved. Entries that are there get its tag in the background.',
  'rule-removed': 'The rule is removed. Entries lose its tag in the background.',
  'view-removed': 'The view is removed; its addresses open nothing any more.',
} as const;

/** Codes of notes. */
export type Note = keyof typeof notes;

/** The note of an address's `done`; nothing for a code that is not ours. */
export function renderDone(url: URL): Markup {
  const code = url.searchParams.get('done') ?? '';
  return Object.hasOwn(notes, code) ? renderNote(notes[code as Note]) : html``;
}
