/**
 * Decides about the links of a mail: links through click counters are replaced by their targets, links for the subscriber
 * alone are removed.
 */
import { stripTracking } from '../../../domain/address-key.ts';
import { type HttpUrl, parseHttpUrl } from '../../../domain/http-url.ts';

/** Parameters in which click counters keep the target. */
const targetNames = [
  'url',
  'u',
  'q',
  'target',
  'dest',
  'destination',
  'redirect',
  'redirect_to',
  'redirect_url',
  'to',
  'link',
  'l',
];

/** Hosts or paths of click counters. */
const counter = /\b(?:click|clicks|track|tracking|trk|redirect|redir|link|links|url|out|go|safelinks|ls|ct|r)\b/i;

/** Words of links that end a subscription or change it, in the languages newsletters are written in. */
const ownWords =
  /unsubscrib|opt[- ]?out|(?:manage|update|change|edit) (?:your |my )?(?:email |e-mail |subscription |mail )?(?:preferences|subscriptions?|settings)|email preferences|abmelden|abbestellen|austragen|désinscri|désabonn|me désab|darse de baja|cancelar (?:la |tu |su )?suscripci|cancelar (?:a )?(?:inscrição|assinatura)|disiscri|annulla (?:l['’])?iscrizione|afmelden|uitschrijven|wypisz|odhlásit|avregistrera|afmeld|отписаться|отказаться от рассылки|відписатися|退订|取消订阅|取消訂閱|配信停止|配信を停止|購読(?:を)?解除|구독 ?취소|수신 ?거부|إلغاء الاشتراك|לביטול/iu;

/** Words of links to the same mail as a page. */
const pageWords =
  /view (?:this |it |the |in |on )?(?:e-?mail|newsletter|message|issue|post)?\s?(?:in|on) (?:your |a |the )?(?:web ?)?(?:browser|online|web|site)|view (?:it )?online|(?:online|web|browser)[- ]?version|read (?:it |this )?(?:online|in (?:your )?browser|on the web)|open in (?:your )?browser|im browser|(?:version|ansicht) im browser|onlineansicht|dans (?:votre|le|ton) navigateur|version en ligne|en (?:el|tu|su) navegador|no (?:seu )?navegador|nel browser|versione online|in je browser|в браузере|у браузері|веб-верси|在浏览器|浏览器中|网页版|ブラウザ|브라우저|w przeglądarce/iu;

const ownAddress =
  /(?:unsub(?:scribe)?|opt-?out|list-manage\.com\/(?:unsubscribe|profile|vcard)|email[-_]preferences|manage[-_](?:preferences|subscription))/i;

/** The target of a link behind its click counters, as far as the address contains it. */
export function unwrapLink(url: HttpUrl): HttpUrl {
  let straight = url;
  // A click counter may lead to another one.
  for (let turns = 0; turns < 3; turns += 1) {
    const next = targetOf(straight);
    if (next === undefined) break;
    straight = next;
  }
  return stripTracking(straight);
}

/** Whether a link is the subscriber's own: whoever follows it changes the subscription. */
export function isOwnLink(words: string, address: string): boolean {
  return ownWords.test(words) || ownAddress.test(address);
}

/** Whether a link leads to the mail as a page. */
export function isPageLink(words: string): boolean {
  return words.length < 120 && pageWords.test(words);
}

function targetOf(url: HttpUrl): HttpUrl | undefined {
  const { hostname, pathname, searchParams } = new URL(url);
  if (counter.test(`${hostname} ${pathname}`)) {
    for (const name of targetNames) {
      const target = absolute(searchParams.get(name) ?? '');
      if (target !== undefined) return target;
    }
  }
  for (const part of pathname.split('/')) {
    if (!/^(?:aHR0c|eyJ)/.test(part)) continue;
    const text = decodeBase64(part.split('.')[0] ?? '');
    const [found = ''] = /https?:\/\/[^\s"\\]+/.exec(text) ?? [];
    const target = absolute(found);
    if (target !== undefined) return target;
  }
  return undefined;
}

function absolute(text: string): HttpUrl | undefined {
  return /^https?:\/\//i.test(text) ? parseHttpUrl(text) : undefined;
}

function decodeBase64(text: string): string {
  try {
    return atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return '';
  }
}
