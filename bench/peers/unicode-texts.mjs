// Writes texts in many scripts as a JSON array: the names of regions, languages and currencies in 38 languages, 20 to a text, from Node's CLDR.
const locales = ['ar', 'hi', 'bn', 'ta', 'te', 'th', 'my', 'km', 'ka', 'hy', 'he', 'ru', 'uk', 'el', 'tr', 'az', 'vi', 'zh-Hans', 'zh-Hant',
  'ja', 'ko', 'fr', 'de', 'cs', 'pl', 'is', 'am', 'si', 'ne', 'fa', 'ur', 'gu', 'pa', 'kn', 'ml', 'mn', 'kk', 'lo'];
const perText = 20;

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const regions = letters.flatMap(first => letters.map(second => first + second));
const codes = { region: regions, language: regions.map(code => code.toLowerCase()), currency: Intl.supportedValuesOf('currency') };

const texts = [];
for (const locale of locales) {
  for (const [type, candidates] of Object.entries(codes)) {
    const names = new Intl.DisplayNames([locale], { type, fallback: 'none' });
    const known = candidates.map(code => names.of(code)).filter(name => name !== undefined);
    for (let i = 0; i < known.length; i += perText) {
      texts.push(new Intl.ListFormat([locale]).format(known.slice(i, i + perText)) + '.');
    }
  }
}

console.log(JSON.stringify(texts));
