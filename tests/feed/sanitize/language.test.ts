import { describe, expect, it } from 'vitest';
import { detectLanguage } from '../../../src/feed/sanitize/detect-language.ts';

const samples: Readonly<Record<string, string>> = {
  ar: 'ارتفع منسوب النهر مرة أخرى الليلة الماضية وانتظر سكان البلدة الصباح في الطابق العلوي',
  bg: 'Снощи нивото на реката отново се повиши и хората от града чакаха сутринта на горния етаж, защото къщите бяха наводнени',
  cs: 'V noci se hladina řeky opět zvedla a lidé ve městě čekali na ráno v prvním patře, protože přízemí bylo pod vodou.',
  da: 'I nat steg floden igen, og folk i byen ventede på morgenen, mens de flyttede deres ting op på første sal.',
  de: 'In der Nacht ist der Fluss wieder gestiegen, und die Leute in der Stadt warteten im ersten Stock auf den Morgen.',
  el: 'Χθες το βράδυ το ποτάμι ανέβηκε ξανά και οι κάτοικοι της πόλης περίμεναν το πρωί.',
  en: 'The river rose again last night, and the people of the town waited for the morning on the upper floor.',
  es: 'El río volvió a subir anoche y la gente del pueblo esperó la mañana en el piso de arriba con sus cosas.',
  fa: 'دیشب آب رودخانه دوباره بالا آمد و مردم شهر در طبقه‌ی بالا منتظر صبح ماندند و چراغ‌ها را گذاشتند',
  fi: 'Joki nousi taas viime yönä, ja kaupungin ihmiset odottivat aamua yläkerrassa, koska alakerta oli veden alla.',
  fr: 'La rivière a encore monté cette nuit et les gens de la ville ont attendu le matin à l’étage avec leurs affaires.',
  he: 'הנהר עלה שוב אתמול בלילה ואנשי העיירה חיכו לבוקר בקומה העליונה',
  hi: 'कल रात नदी फिर से बढ़ गई और शहर के लोग ऊपर की मंजिल पर सुबह का इंतज़ार करते रहे',
  hu: 'Az éjjel a folyó megint megáradt, és a város lakói az emeleten várták a reggelt, mert a földszint víz alatt volt.',
  id: 'Sungai itu naik lagi tadi malam, dan orang-orang di kota menunggu pagi di lantai atas dengan barang mereka.',
  it: 'Il fiume è salito di nuovo questa notte e la gente della città ha aspettato il mattino al piano di sopra.',
  ja: '昨夜、川の水がまた上がり、町の人々は二階で朝を待った。',
  ko: '어젯밤 강물이 다시 불어나 마을 사람들은 위층에서 아침을 기다렸다.',
  nl: 'Vannacht is de rivier weer gestegen en de mensen in de stad wachtten op de bovenverdieping op de ochtend.',
  pl: 'W nocy rzeka znowu wezbrała, a ludzie w mieście czekali na ranek na piętrze, bo parter był pod wodą.',
  pt: 'O rio voltou a subir esta noite e as pessoas da cidade esperaram pela manhã no andar de cima com as suas coisas.',
  ro: 'Râul a crescut din nou azi-noapte, iar oamenii din oraș au așteptat dimineața la etaj, pentru că parterul era sub apă.',
  ru: 'Ночью река снова поднялась, и жители города ждали утра на верхнем этаже, потому что внизу была вода.',
  sv: 'Floden steg igen i natt, och folket i staden väntade på morgonen på övervåningen med sina saker.',
  th: 'เมื่อคืนนี้แม่น้ำเอ่อขึ้นอีกครั้ง และชาวเมืองรอเช้าอยู่ชั้นบน',
  tr: 'Nehir dün gece yine yükseldi ve kasaba halkı sabahı üst katta bekledi, çünkü alt kat su altındaydı.',
  uk: 'Уночі річка знову піднялася, і мешканці міста чекали ранку на верхньому поверсі, бо внизу була вода.',
  ur: 'کل رات دریا پھر چڑھ گیا اور شہر کے لوگ اوپر کی منزل پر صبح کا انتظار کرتے رہے',
  vi: 'Đêm qua nước sông lại dâng lên, và người dân trong thị trấn đã đợi trời sáng ở tầng trên.',
  zh: '昨天夜里河水又涨了，镇上的人在楼上等待天亮。',
};

describe('language', () => {
  it.each(Object.entries(samples))('tells %s from a sentence', (language, text) => {
    expect(detectLanguage(text)).toBe(language);
  });

  it.each([
    '',
    'OK',
    'Hello',
    '12 345 678',
    'const x = 1; for (let i = 0; i < n; i++) { foo(i); }',
    'Vec<String> & Map<K, V>',
    'for i in a: print(i, v, k)',
    'I/O, A/B and C/C++ in K8s v1.2',
    '中国',
    'https://example.org/the/of/and',
  ])('does not guess at %j', (text) => {
    expect(detectLanguage(text)).toBeUndefined();
  });

  it('is not misled by names in another script', () => {
    expect(detectLanguage(`${samples['en']} (北京, Москва)`)).toBe('en');
    expect(detectLanguage(`${samples['zh']} OpenAI GPU`)).toBe('zh');
  });

  it('of mixed scripts is told by how much each says, not by the number of its letters', () => {
    const chinese = '河水又涨了镇上的人在楼上等待天亮今年'.repeat(14);
    const latin = 'Some Long Names Of Places And Firms '.repeat(24);
    expect(detectLanguage(`${chinese} ${latin}`)).toBe('zh');
    expect(detectLanguage(`${samples['en']} 河水又涨了`)).toBe('en');
  });

  it('ends an address at the first character that cannot be in one', () => {
    expect(detectLanguage(`https://bit.example/2YsRD8D${samples['zh']}`)).toBe('zh');
  });
});
