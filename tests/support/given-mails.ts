/**
 * Mails of newsletters of our own invention, in the shapes that mail programs and senders make, with what is expected of each.
 */

/** One mail. `holds` and `lacks` are said of the content of its entry. */
export interface GivenMail {
  readonly name: string;
  /** Each character is one byte. */
  readonly raw: string;
  readonly want: {
    readonly title: string;
    readonly author?: string;
    readonly published?: string;
    readonly language?: string;
    readonly url?: string;
    readonly holds: readonly string[];
    readonly lacks?: readonly string[];
  };
}

/** Mails that become entries. */
export const givenMails: readonly GivenMail[] = [
  {
    name: 'plain text',
    raw: 'From: Mara Lind <mara@weekly.river.org>\r\nTo: reader@feeds.river.org\r\nSubject: Water levels\r\nDate: Thu, 26 Nov 2026 08:30:00 +0100\r\nMessage-ID: <m1@weekly.river.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\nDear readers,\r\n\r\nthe river rose by two metres.\r\nSee https://weekly.river.org/levels for more.\r\n\r\nMara',
    want: {
      title: 'Water levels',
      author: 'Mara Lind',
      published: '2026-11-26T07:30:00Z',
      holds: ['<p>Dear readers,</p>', 'href="https://weekly.river.org/levels"', 'two metres.<br'],
    },
  },
  {
    name: 'multipart alternative',
    raw: 'From: Mara Lind <mara@weekly.river.org>\r\nTo: reader@feeds.river.org\r\nSubject: Bridges\r\nDate: Thu, 26 Nov 2026 08:30:00 +0100\r\nMessage-ID: <m2@weekly.river.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="alt1"\r\n\r\n--alt1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThe bridge stands.\r\n--alt1\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><h1>Bridges</h1><p>The <b>bridge</b> stands.</p></body></html>\r\n--alt1--\r\n',
    want: {
      title: 'Bridges',
      holds: ['<b>bridge</b>'],
      lacks: ['The bridge stands.'],
    },
  },
  {
    name: 'quoted-printable',
    raw: 'From: Mara Lind <mara@weekly.river.org>\r\nTo: reader@feeds.river.org\r\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe_vom_Fluss?=\r\nDate: Thu, 26 Nov 2026 08:30:00 +0100\r\nMessage-ID: <m3@weekly.river.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>Die Br=C3=BCcke =C3=BCber den Flu=C3=9F ist ge=C3=B6ffnet, und die Schif=\r\nfe k=C3=B6nnen wieder fahren, wenn das Wasser nicht weiter steigt.</p>',
    want: {
      title: 'Grüße vom Fluss',
      language: 'de',
      holds: ['Die Brücke über den Fluß ist geöffnet'],
    },
  },
  {
    name: 'base64',
    raw: 'From: Mara Lind <mara@weekly.river.org>\r\nTo: reader@feeds.river.org\r\nSubject: =?UTF-8?B?5rKz5rWB5ZGo5oql?=\r\nDate: Thu, 26 Nov 2026 08:30:00 +0100\r\nMessage-ID: <m4@weekly.river.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+5pys5ZGo5rC05L2N5LiK5rao5LqG5Lik57Gz77yM5aSn5qGl5bey57uP6YeN5paw5byA5pS+\r\n77yM5qyi6L+O5aSn5a625YmN5p2l5Y+C6KeC44CCPC9wPg==',
    want: {
      title: '河流周报',
      language: 'zh',
      holds: ['本周水位上涨了两米'],
    },
  },
  {
    name: 'windows-1251',
    raw: 'From: Mara Lind <mara@weekly.river.org>\r\nTo: reader@feeds.river.org\r\nSubject: =?windows-1251?B?wuXx8ugg8SDw5ero?=\r\nDate: Thu, 26 Nov 2026 08:30:00 +0100\r\nMessage-ID: <m5@weekly.river.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=windows-1251\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=C2=EE=E4=E0 =EF=EE=E4=ED=FF=EB=E0=F1=FC =ED=E0 =E4=E2=E0 =EC=E5=F2=F0=\r\n=E0, =E8 =EC=EE=F1=F2 =F1=ED=EE=E2=E0 =EE=F2=EA=F0=FB=F2 =E4=EB=FF =E2=F1=\r\n=E5=F5, =EA=F2=EE =F5=EE=F7=E5=F2 =E5=E3=EE =F3=E2=E8=E4=E5=F2=FC.</p>',
    want: {
      title: 'Вести с реки',
      language: 'ru',
      holds: ['Вода поднялась на два метра'],
    },
  },
  {
    name: 'no charset',
    raw: 'From: Mara Lind <mara@weekly.river.org>\r\nSubject: Ohne Angabe\r\nDate: Thu, 26 Nov 2026 08:30:00 +0100\r\nMessage-ID: <m5b@weekly.river.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: 8bit\r\n\r\nDie Br\xfccke \xfcber den Flu\xdf ist ge\xf6ffnet, und die Schiffe k\xf6nnen wieder fahren.',
    want: {
      title: 'Ohne Angabe',
      language: 'de',
      holds: ['Die Brücke über den Fluß ist geöffnet'],
    },
  },
  {
    name: 'no charset, Cyrillic',
    raw: 'From: Mara Lind <mara@weekly.river.org>\r\nSubject: Most\r\nDate: Thu, 26 Nov 2026 08:30:00 +0100\r\nMessage-ID: <m5d@weekly.river.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n\xcc\xee\xf1\xf2\x20\xed\xe0\xe4\x20\xf0\xe5\xea\xee\xe9\x20\xee\xf2\xea\xf0\xfb\xf2\x2c\x20\xe8\x20\xea\xee\xf0\xe0\xe1\xeb\xe8\x20\xf1\xed\xee\xe2\xe0\x20\xec\xee\xe3\xf3\xf2\x20\xf5\xee\xe4\xe8\xf2\xfc\x2e',
    want: { title: 'Most', language: 'ru', holds: ['Мост над рекой открыт'] },
  },
  {
    name: 'UTF-8 that is none',
    raw: 'From: Mara Lind <mara@weekly.river.org>\r\nSubject: Falsch\r\nDate: Thu, 26 Nov 2026 08:30:00 +0100\r\nMessage-ID: <m5c@weekly.river.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=UTF-8\r\n\r\n<p>\xa9 2026 Mara \x96 Gr\xfc\xdfe</p>',
    want: {
      title: 'Falsch',
      holds: ['© 2026 Mara – Grüße'],
    },
  },
  {
    name: 'GB18030',
    raw: 'From: Mara Lind <mara@weekly.river.org>\r\nTo: reader@feeds.river.org\r\nSubject: =?gb18030?B?s6S9rbzysag=?=\r\nDate: Thu, 26 Nov 2026 08:30:00 +0100\r\nMessage-ID: <m6@weekly.river.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=gb18030\r\nContent-Transfer-Encoding: base64\r\n\r\ns6S9rcuuzrvPwr21o6y6vbXAu9a4tM2o0NCjrLSs1ru/ydLU1f2zo835wLSho4E57jk=',
    want: {
      title: '长江简报',
      language: 'zh',
      holds: ['长江水位下降，航道恢复通行，船只可以正常往来。㐀'],
    },
  },
  {
    name: 'ISO-2022-JP',
    raw: 'From: Mara Lind <mara@weekly.river.org>\r\nTo: reader@feeds.river.org\r\nSubject: =?ISO-2022-JP?B?GyRCQG4kTkpYJGobKEI=?=\r\nDate: Thu, 26 Nov 2026 08:30:00 +0100\r\nMessage-ID: <m7@weekly.river.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=ISO-2022-JP\r\nContent-Transfer-Encoding: 7bit\r\n\r\n\u001b$B@n$N?e$,$-$l$$$K$J$j$^$7$?!#5{$b5"$C$F$-$F$$$^$9!#\u001b(B',
    want: {
      title: '川の便り',
      language: 'ja',
      holds: ['川の水がきれいになりました'],
    },
  },
  {
    name: 'inline picture',
    raw: 'From: Mara Lind <mara@weekly.river.org>\r\nTo: reader@feeds.river.org\r\nSubject: Pictures\r\nDate: Thu, 26 Nov 2026 08:30:00 +0100\r\nMessage-ID: <m8@weekly.river.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="rel"\r\n\r\n--rel\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>A picture: <img src="cid:pic1@river" width="40" height="40" alt="Bank"></p><p>Not a picture: <img src="cid:nothing@river"></p>\r\n--rel\r\nContent-Type: image/png; name="bank.png"\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <pic1@river>\r\nContent-Disposition: inline; filename="bank.png"\r\n\r\niVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9\r\nawAAAABJRU5ErkJggg==\r\n--rel--\r\n',
    want: {
      title: 'Pictures',
      holds: ['src="data:image/png;base64,iVBORw0KGgo'],
      lacks: ['cid:', 'cid.invalid'],
    },
  },
  {
    name: 'inline picture that is none',
    raw: 'From: Mara Lind <mara@weekly.river.org>\r\nTo: reader@feeds.river.org\r\nSubject: Fake pictures\r\nDate: Thu, 26 Nov 2026 08:30:00 +0100\r\nMessage-ID: <m9@weekly.river.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="rel"\r\n\r\n--rel\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>A picture: <img src="cid:pic1@river" width="40" height="40" alt="Bank"></p><p>Not a picture: <img src="cid:nothing@river"></p>\r\n--rel\r\nContent-Type: image/svg+xml; name="bank.png"\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <pic1@river>\r\nContent-Disposition: inline; filename="bank.png"\r\n\r\nPHN2ZyB4bWxucz0naHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmcnIG9ubG9hZD0nYWxlcnQoMSkn\r\nLz4=\r\n--rel--\r\n',
    want: {
      title: 'Fake pictures',
      holds: ['A picture:'],
      lacks: ['data:', 'cid.invalid', 'svg'],
    },
  },
  {
    name: 'inline picture that is too large',
    raw: [
      'From: Mara Lind <mara@weekly.river.org>\r\nTo: reader@feeds.river.org\r\nSubject: Large pictures\r\nDate: Thu, 26 Nov 2026 08:30:00 +0100\r\nMessage-ID: <m10@weekly.river.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="rel"\r\n\r\n--rel\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>A picture: <img src="cid:pic1@river" width="40" height="40" alt="Bank"></p><p>Not a picture: <img src="cid:nothing@river"></p>\r\n--rel\r\nContent-Type: image/png; name="bank.png"\r\nContent-Transfer-Encoding: base64\r\nContent-ID: <pic1@river>\r\nContent-Disposition: inline; filename="bank.png"\r\n\r\niVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9\r\nawAAAABJRU5ErkJgggAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n',
      'AAAAAAAAAAAAAAAAAAA=\r\n--rel--\r\n',
    ].join('AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n'.repeat(2806)),
    want: {
      title: 'Large pictures',
      holds: ['A picture:'],
      lacks: ['data:', 'cid.invalid'],
    },
  },
  {
    name: 'no text part',
    raw: 'From: Mara Lind <mara@weekly.river.org>\r\nTo: reader@feeds.river.org\r\nSubject: Only HTML\r\nDate: Thu, 26 Nov 2026 08:30:00 +0100\r\nMessage-ID: <m11@weekly.river.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<div><p>There is no text part.</p></div>',
    want: {
      title: 'Only HTML',
      holds: ['There is no text part.'],
    },
  },
  {
    name: 'HTML that shows nothing',
    raw: 'From: Mara Lind <mara@weekly.river.org>\r\nTo: reader@feeds.river.org\r\nSubject: Empty\r\nDate: Thu, 26 Nov 2026 08:30:00 +0100\r\nMessage-ID: <m12@weekly.river.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="alt1"\r\n\r\n--alt1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThe words are here.\r\n--alt1\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><img src="https://t.river.org/open.gif" width="1" height="1"></body></html>\r\n--alt1--\r\n',
    want: {
      title: 'Empty',
      holds: ['<p>The words are here.</p>'],
      lacks: ['open.gif'],
    },
  },
  {
    name: 'hostile HTML',
    raw: 'From: Mara Lind <mara@weekly.river.org>\r\nTo: reader@feeds.river.org\r\nSubject: Hostile\r\nDate: Thu, 26 Nov 2026 08:30:00 +0100\r\nMessage-ID: <m13@weekly.river.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<style>p{display:none}</style><script>alert(1)</script><p onclick="alert(1)">Safe <a href="javascript:alert(1)">words</a></p><iframe src="https://evil.river.org/"></iframe><form action="https://evil.river.org/"><input name="password"></form><img src=x onerror=alert(1)><svg><script>alert(1)</script></svg><a href="data:text/html,<script>alert(1)</script>">more</a><img src="data:image/svg+xml,<svg onload=alert(1)>">',
    want: {
      title: 'Hostile',
      holds: ['Safe', 'words'],
      lacks: ['<script', 'onclick', 'onerror', 'javascript:', '<form', '<input', 'svg', 'data:', 'display:none'],
    },
  },
  {
    name: 'shell of a mail program',
    raw: 'From: Mara Lind <mara@weekly.river.org>\r\nTo: reader@feeds.river.org\r\nSubject: Issue 12\r\nDate: Thu, 26 Nov 2026 08:30:00 +0100\r\nMessage-ID: <m14@weekly.river.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nList-Unsubscribe: <mailto:leave@list.river.org>, <https://list.river.org/u/1>\r\n\r\n<html><head><style>.preheader{display:none}</style></head><body>\r\n<div style="display:none;font-size:1px;color:#ffffff;line-height:1px;max-height:0px;opacity:0;overflow:hidden;mso-hide:all">Hidden first line&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;</div><span class="preheader">Another hidden line</span>\r\n<table role="presentation" width="100%"><tr><td><table width="600"><tr><td><a href="https://click.mail.river.org/track?url=https%3A%2F%2Fweekly.river.org%2Fbridge%3Futm_source%3Dmail&amp;user=reader">The bridge</a></td></tr>\r\n<tr><td><p>It is open.</p><a href="https://click.kit.river.org/x1/y2/aHR0cHM6Ly93ZWVrbHkucml2ZXIub3JnL3dhdGVy">The water</a></td></tr>\r\n<tr><td><a href="https://weekly.river.org/issue/12?utm_campaign=x">View this email in your browser</a></td></tr>\r\n<tr><td>Sent to you. <a href="https://list.river.org/unsubscribe?u=secret-of-reader">Unsubscribe</a> or <a href="https://list.river.org/p?u=secret-of-reader">update your preferences</a></td></tr></table></td></tr></table>\r\n<table><tr><th>Day</th><th>Level</th></tr><tr><td>Mon</td><td>2.1 m</td></tr></table>\r\n<img src="https://t.river.org/wf/open?upn=reader" alt="" width="1" height="1" border="0"><img src="https://t.river.org/o/pixel/reader.gif">\r\n</body></html>',
    want: {
      title: 'Issue 12',
      url: 'https://weekly.river.org/issue/12',
      holds: [
        'href="https://weekly.river.org/bridge"',
        'href="https://weekly.river.org/water"',
        'It is open.',
        '<th>Day</th>',
      ],
      lacks: [
        'Hidden first',
        'Another hidden',
        'secret-of-reader',
        'Unsubscribe',
        'View this email',
        'wf/open',
        'pixel',
        'utm_',
        'click.',
        '<td><p>',
      ],
    },
  },
  {
    name: 'forwarded',
    raw: 'From: Mara Lind <mara@weekly.river.org>\r\nTo: reader@feeds.river.org\r\nSubject: Fwd: The far bank\r\nDate: Thu, 26 Nov 2026 08:30:00 +0100\r\nMessage-ID: <m15@weekly.river.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="mix"\r\n\r\n--mix\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nYou may like this.\r\n--mix\r\nContent-Type: message/rfc822\r\n\r\nFrom: Ola Berg <ola@far.river.org>\r\nSubject: The far bank\r\nDate: Wed, 25 Nov 2026 10:00:00 +0000\r\nMessage-ID: <inner@far.river.org>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThe far bank is green.\r\n--mix--\r\n',
    want: {
      title: 'The far bank',
      holds: ['You may like this.', 'The far bank is green.'],
    },
  },
  {
    name: 'no subject, no date',
    raw: 'From: mara@weekly.river.org\r\nMessage-ID: <m16@weekly.river.org>\r\nContent-Type: text/plain\r\n\r\nWords without a subject.',
    want: {
      title: '(no subject)',
      holds: ['Words without a subject.'],
    },
  },
  {
    name: 'date to come',
    raw: 'From: Mara Lind <mara@weekly.river.org>\r\nTo: reader@feeds.river.org\r\nSubject: From the future\r\nDate: Fri, 26 Nov 2096 08:30:00 +0100\r\nMessage-ID: <m17@weekly.river.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nNot yet.',
    want: {
      title: 'From the future',
      holds: ['Not yet.'],
    },
  },
  {
    name: 'page by header',
    raw: 'From: Mara Lind <mara@weekly.river.org>\r\nTo: reader@feeds.river.org\r\nSubject: With a page\r\nDate: Thu, 26 Nov 2026 08:30:00 +0100\r\nMessage-ID: <m18@weekly.river.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nArchived-At: <https://weekly.river.org/p/with-a-page>\r\nContent-Language: fr\r\n\r\n<p>Read <a href="/about">more</a>.</p>',
    want: {
      title: 'With a page',
      url: 'https://weekly.river.org/p/with-a-page',
      language: 'fr',
      holds: ['href="https://weekly.river.org/about"'],
    },
  },
  {
    name: 'attachment only',
    raw: 'From: Mara Lind <mara@weekly.river.org>\r\nTo: reader@feeds.river.org\r\nSubject: A file\r\nDate: Thu, 26 Nov 2026 08:30:00 +0100\r\nMessage-ID: <m19@weekly.river.org>\r\nMIME-Version: 1.0\r\nContent-Type: application/pdf; name="a.pdf"\r\nContent-Disposition: attachment; filename="a.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQgbm90aGluZw==',
    want: {
      title: 'A file',
      holds: [],
    },
  },
  {
    name: 'broken MIME',
    raw: 'From: Mara Lind <mara@weekly.river.org>\r\nTo: reader@feeds.river.org\r\nSubject: Broken\r\nDate: Thu, 26 Nov 2026 08:30:00 +0100\r\nMessage-ID: <m20@weekly.river.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="never\r\n\r\n--never\r\nContent-Type: text/html; charset=klingon-8\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+U3RpbGwgaGVyZTwvcD4\r\n--nev',
    want: {
      title: 'Broken',
      holds: [],
    },
  },
];

/** Mails for the subscriber alone, with the link that they ask to follow. */
export const givenConfirmations: readonly {
  readonly raw: string;
  readonly subject: string;
  readonly link: string | null;
}[] = [
  {
    raw: 'From: Mara Lind <mara@weekly.river.org>\r\nTo: reader@feeds.river.org\r\nSubject: Please confirm your subscription\r\nDate: Thu, 26 Nov 2026 08:30:00 +0100\r\nMessage-ID: <c0@weekly.river.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+SGkhPC9wPjxhIGhyZWY9Imh0dHBzOi8vbGlzdC5yaXZlci5vcmcvY29uZmlybT90PWFiYyI+\r\nWWVzLCBzdWJzY3JpYmUgbWU8L2E+',
    subject: 'Please confirm your subscription',
    link: 'https://list.river.org/confirm?t=abc',
  },
  {
    raw: 'From: Mara Lind <mara@weekly.river.org>\r\nTo: reader@feeds.river.org\r\nSubject: =?utf-8?q?Bitte_best=C3=A4tige_deine_Anmeldung?=\r\nDate: Thu, 26 Nov 2026 08:30:00 +0100\r\nMessage-ID: <c1@weekly.river.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nPGEgaHJlZj0iaHR0cHM6Ly9saXN0LnJpdmVyLm9yZy9vcHRpbi9kZSI+QW5tZWxkdW5nIGJlc3TD\r\npHRpZ2VuPC9hPg==',
    subject: 'Bitte bestätige deine Anmeldung',
    link: 'https://list.river.org/optin/de',
  },
  {
    raw: 'From: Mara Lind <mara@weekly.river.org>\r\nTo: reader@feeds.river.org\r\nSubject: =?utf-8?b?0J/QvtC00YLQstC10YDQtNC40YLQtSDQv9C+0LTQv9C40YHQutGD?=\r\nDate: Thu, 26 Nov 2026 08:30:00 +0100\r\nMessage-ID: <c2@weekly.river.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nPGEgaHJlZj0iaHR0cHM6Ly9saXN0LnJpdmVyLm9yZy9rLzEiPtCf0L7QtNGC0LLQtdGA0LTQuNGC\r\n0Yw8L2E+',
    subject: 'Подтвердите подписку',
    link: 'https://list.river.org/k/1',
  },
  {
    raw: 'From: Mara Lind <mara@weekly.river.org>\r\nTo: reader@feeds.river.org\r\nSubject: =?utf-8?b?6K+356Gu6K6k5oKo55qE6K6i6ZiF?=\r\nDate: Thu, 26 Nov 2026 08:30:00 +0100\r\nMessage-ID: <c3@weekly.river.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nPGEgaHJlZj0iaHR0cHM6Ly9saXN0LnJpdmVyLm9yZy9rLzIiPuehruiupOiuoumYhTwvYT4=',
    subject: '请确认您的订阅',
    link: 'https://list.river.org/k/2',
  },
  {
    raw: 'From: Mara Lind <mara@weekly.river.org>\r\nTo: reader@feeds.river.org\r\nSubject: 482913 is your verification code\r\nDate: Thu, 26 Nov 2026 08:30:00 +0100\r\nMessage-ID: <c4@weekly.river.org>\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+NDgyOTEzPC9wPg==',
    subject: '482913 is your verification code',
    link: null,
  },
];
