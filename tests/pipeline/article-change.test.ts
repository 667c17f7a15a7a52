import { describe, expect, it } from 'vitest';
import { compareArticle } from '../../src/pipeline/article-change.ts';

const first = 'Below the village the brown river meets the blue one, and the two run side by side.';
const second = 'Warm water is lighter than cold water, so the line between them stays sharp for a mile.';
const third = 'Fishermen know it: on one side they catch perch, on the other side nothing at all.';
const held = { title: 'Where two rivers meet', text: [first, second, third].join('\n') };

describe('compareArticle', () => {
  it('finds the same text unchanged, whatever stands before and after it', () => {
    const text = [
      'Photo: a river seen from a bridge',
      first,
      second,
      third,
      'Read also: ten bridges worth a detour',
    ].join('\n');
    expect(compareArticle(held, { title: 'Where two rivers meet', text })).toBe('unchanged');
  });

  it('does not mind quotes, spaces and the name of the site behind the title', () => {
    const text = held.text.replaceAll("'", '’').replaceAll(' ', '  ');
    expect(compareArticle(held, { title: 'Where two rivers meet – Field Notes', text })).toBe('unchanged');
  });

  it('notices an edited paragraph, the first and the last included', () => {
    for (const [from, to] of [
      ['brown river', 'muddy river'],
      ['stays sharp for a mile', 'stays sharp for two miles'],
      ['nothing at all', 'only eels'],
    ] as const) {
      const text = held.text.replace(from, to);
      expect(compareArticle(held, { title: held.title, text })).toBe('changed');
    }
  });

  it('notices a paragraph that was put in between', () => {
    const text = [
      first,
      'In spring the line moves upstream, because the blue river then carries more.',
      second,
      third,
    ].join('\n');
    expect(compareArticle(held, { title: held.title, text })).toBe('changed');
  });

  it('notices another title', () => {
    expect(compareArticle(held, { title: 'Where three rivers meet', text: held.text })).toBe('changed');
  });

  it('notices an edit in a script without spaces', () => {
    const chinese = {
      title: '两河交汇',
      text: '村子下面，褐色的河流与蓝色的河流相遇，并排流淌一英里，互不相混，渔民们都知道这件事。',
    };
    const text = chinese.text.replace('一英里', '两英里');
    expect(compareArticle(chinese, { title: chinese.title, text })).toBe('changed');
    expect(compareArticle(chinese, chinese)).toBe('unchanged');
  });

  it('takes a rewritten text under the same title for a change', () => {
    const text = [
      'The confluence was moved a mile downstream by the flood of last winter, surveyors say now.',
      'Nobody was hurt when the bank gave way, but the old ferry landing is gone for good.',
    ].join('\n');
    expect(compareArticle(held, { title: held.title, text })).toBe('changed');
  });

  it('does not believe a wall, a teaser or another page', () => {
    const wall = 'We and our 843 partners value your privacy and store information on a device.';
    expect(compareArticle(held, { title: held.title, text: first.slice(0, 40) })).toBe('implausible');
    expect(compareArticle(held, { title: 'Your privacy', text: `${wall}\n${wall}\n${wall}` })).toBe('implausible');
    expect(compareArticle(held, { title: '', text: '' })).toBe('implausible');
  });
});
