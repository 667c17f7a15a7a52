/**
 * Says what an action did, on the page after it. A code in the address chooses the words, so that an address cannot put
 * other words into a page.
 */
import type { Markup } from '../../../page/markup.ts';
import { count } from '../../../page/plural.ts';
import { Note } from './desk-parts.tsx';

const notes = {
  added: 'Added, with the entries it has now.',
  known: 'You followed this feed already: here it is.',
  'newsletter-made': 'The address is made. Subscribe to the newsletter with it; the first sender is then known here.',
  'sender-accepted': 'Accepted. The mails of this sender are entries now, and those to come.',
  'mail-forgotten': 'Forgotten.',
  saved: 'Saved.',
  selectors: 'Saved. The page is read with them at its next check: ask it now, if you like.',
  moved: 'It has its new address. What both addresses list is there once.',
  paused: 'Paused. It is not asked until you resume it; its entries stay.',
  resumed: 'Resumed.',
  removed: 'Removed. Its entries are kept, not shown: adding it again shows them again.',
  asked: 'It is being asked now.',
  resting:
    'It was asked a short while ago and is not due yet. Sites like to be left in peace; you may ask all the same.',
  'asked-all': 'Everything that was due is being asked now.',
  'resting-all': 'Nothing is due: everything was asked a short while ago.',
  'none-chosen': 'Nothing was done, because no source was chosen.',
  'rule-saved': 'The rule is saved. Entries that are there follow in the background.',
  'rule-removed': 'The rule is removed. Entries that are there follow in the background.',
  'webhook-saved': 'The webhook is saved. It gets what is new from now on.',
  'webhook-tested': 'The test is on its way: load the page again to see how it went.',
  'webhook-removed': 'The webhook is removed.',
  'view-removed': 'The view is removed; its addresses open nothing any more.',
} as const;

/** Words for an action on several sources. */
const notesOfSeveral: Partial<Readonly<Record<NoteCode, (sources: string) => string>>> = {
  saved: (sources) => `Saved: ${sources}.`,
  paused: (sources) => `Paused: ${sources}. They are not asked until you resume them; their entries stay.`,
  resumed: (sources) => `Resumed: ${sources}.`,
  removed: (sources) => `Removed: ${sources}. Their entries are kept, not shown.`,
  asked: (sources) => `${sources} asked now; those that are not due yet are left in peace.`,
};

/** Codes of notes. */
export type NoteCode = keyof typeof notes;

/** The note of an address's `done`; empty for an unknown code. */
export function DoneNote({ url }: { readonly url: URL }): Markup {
  const code = url.searchParams.get('done') ?? '';
  if (!Object.hasOwn(notes, code)) return <></>;
  const many = Number(url.searchParams.get('many'));
  const tell = many > 0 && Number.isInteger(many) ? notesOfSeveral[code as NoteCode] : undefined;
  return <Note>{tell === undefined ? notes[code as NoteCode] : tell(count(many, 'source'))}</Note>;
}
