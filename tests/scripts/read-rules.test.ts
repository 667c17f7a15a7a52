import { describe, expect, it } from 'vitest';
import { readRules } from '../../scripts/seeds/read-rules.ts';
import { toSourceId } from '../../src/domain/source.ts';
import { givenUrl } from '../support/given.ts';

describe('readRules', () => {
  it('reads rules, naming a source by its address', () => {
    const text = '\ufeff[{ "tag": "水", "any": ["river", "河"], "in": "title", "source": "https://a.example" }]';
    expect(readRules(text)).toEqual({
      rules: [{ tag: '水', any: ['river', '河'], in: 'title', source: toSourceId(givenUrl('https://a.example/')) }],
      problems: [],
    });
  });

  it('reads rules that hide and keep', () => {
    const text =
      '[{"action":"hide","query":"title:ad"},{"action":"keep","query":"lang:en","source":"https://a.example"}]';
    expect(readRules(text)).toEqual({
      rules: [
        { action: 'hide', query: 'title:ad' },
        { action: 'keep', query: 'lang:en', source: toSourceId(givenUrl('https://a.example/')) },
      ],
      problems: [],
    });
  });

  it.each([
    ['{}', 1, 'it must be a list of rules: [ ... ]'],
    ['[\n1\n]', 2, 'rule 1: it must be an object'],
    ['[\n{"tag":"x","any":["a"]}\n,\n\n{"tag":"x"}]', 5, 'rule 2: "query" must say which entries are meant'],
    ['[{"tag":"a,[{]","any":["\\"\\\\"]},\n{"tag":"!","any":["a"]}]', 2, 'rule 2: "tag" must be text'],
    ['[{"action":"drop","query":"x"}]', 1, '"action" must be "tag", "hide" or "keep"'],
    ['[{"action":"hide","query":"lang:!"}]', 1, '"query" cannot be understood: After lang:'],
    ['[{"action":"keep","query":"x","tag":"y"}]', 1, '"tag" is only for rules that tag'],
    ['[{"tag":"x","any":["a"," "]}]', 1, '"any" must be a list'],
    ['[{"tag":"x","any":["a"],"in":"body"}]', 1, '"in" must be "title", "text" or "both"'],
    ['[{"tag":"x","any":["a"],"source":"dw"}]', 1, '"source" must be the http(s) URL'],
    ['[{"tag":"x","any":["a"],"or":[]}]', 1, '"or" is not known'],
  ])('names what is wrong with %s', (text, line, reason) => {
    const { problems } = readRules(text);
    expect(problems).toEqual([{ line, reason: expect.stringContaining(reason) }]);
  });

  it('names the line of a syntax error', () => {
    expect(readRules('[\n  {"tag": "x",}\n]').problems).toEqual([
      { line: 2, reason: expect.stringContaining('it is not JSON') },
    ]);
  });
});
