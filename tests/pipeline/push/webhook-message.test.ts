import { describe, expect, it } from 'vitest';
import type { WebhookFormat } from '../../../src/pipeline/push/receiver.ts';
import { testItem, toWebhookMessage } from '../../../src/pipeline/push/webhook-message.ts';

const item = JSON.stringify({
  id: 'urn:x',
  url: 'https://a.example.org/?a=1&b=<2>',
  title: 'Wet *and* <@everyone> & dry | ok',
  summary: 'First\n  second [link](http://evil) @here',
  _tributary: { source: { title: 'River & Sea' } },
});

function write(format: WebhookFormat, text = item) {
  const { body, headers } = toWebhookMessage(format, text);
  return { text: new TextDecoder().decode(body), headers };
}

describe('a message of a webhook', () => {
  it('is the item as it is in JSON', () => {
    expect(write('json').text).toBe(item);
  });

  it('escapes what Slack reads as its own', () => {
    const { text } = JSON.parse(write('slack').text);
    expect(text).toBe(
      '<https://a.example.org/?a=1&b=%3C2%3E|Wet *and* &lt;@everyone&gt; &amp; dry ¦ ok> · River &amp; Sea\n' +
        'First second [link](http://evil) @here',
    );
  });

  it('calls nobody in Discord and links nothing by a title', () => {
    const { content, allowed_mentions } = JSON.parse(write('discord').text);
    expect(allowed_mentions).toEqual({ parse: [] });
    expect(content).toContain('**Wet \\*and\\* \\<\\@everyone\\> & dry \\| ok** · River & Sea');
    expect(content).toContain('\\[link\\]\\(http://evil\\) \\@here');
  });

  it('stays within what Discord takes, whatever the entry is', () => {
    const long = JSON.stringify({ title: '*'.repeat(9000), summary: '*'.repeat(9000), url: 'https://a.example.org/' });
    expect(JSON.parse(write('discord', long).text).content.length).toBeLessThan(2000);
  });

  it('writes titles of any script into the header fields of ntfy', () => {
    const { headers, text } = write(
      'ntfy',
      JSON.stringify({ title: 'Wasser über Köln 水', summary: 's', url: 'https://a.example.org/1' }),
    );
    expect(headers['Title']).toMatch(/^=\?UTF-8\?B\?[A-Za-z0-9+/=]+\?=$/);
    expect(headers).toMatchObject({ Click: 'https://a.example.org/1' });
    expect(text).toBe('s');
  });

  it('has a title for an entry without one, and says of a test that it is one', () => {
    expect(toWebhookMessage('slack', JSON.stringify({ content_text: 'Only words here' })).title).toBe(
      'Only words here',
    );
    expect(toWebhookMessage('json', testItem('mine')).title).toBe('A test of the webhook of the view "mine"');
  });
});
