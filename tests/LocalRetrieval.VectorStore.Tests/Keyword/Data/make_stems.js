// Writes stems.jsonl: words of SciFact and Cranfield, and words that the algorithm treats apart, each with its English (Porter2) stem
// as the npm package snowball-stemmers 0.6.0 gives it, which is the Snowball project's algorithm compiled to JavaScript.
//
// usage, with the package installed and the folder of the data sets: node make_stems.js ../../../../../shared/eval | gzip -n -9 > stems.jsonl.gz
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const stemmer = require('snowball-stemmers').newStemmer('english');

const special = `skis skies dying lying tying idly gently ugly early only singly sky news howe atlas cosmos bias andes inning innings outing
  outings canning cannings herring herrings earring earrings proceed proceeds proceeded exceed exceeding succeed succeeds generate generously
  generic communism commune communities arsenic arsenal dog's dogs' 's 'tis ''' it's's y yes by say saying syzygy sayyid a as is bee eed feed
  agreed need needed bed shed ing sing thing string bing hoping hopping hop hope falling filing fizzed sized ties tie cries cry die dies
  ied ies gas this kiss kisses gaps kiwis cactus abilities rational relational conditional analogy geology analogously ly early really
  replacement cement element adoption ion lion roll control controlled rate cease bow bowl bowed box boxed boxing lay layer playing`.split(/\s+/);
const words = new Set(special);
['cranfield', 'scifact'].forEach((set, index) => {
  const found = new Set();
  for (const line of readFileSync(join(process.argv[2], set, 'corpus.jsonl'), 'utf8').trim().split('\n')) {
    const { title, text } = JSON.parse(line);
    for (const word of `${title} ${text}`.toLowerCase().match(/[a-z]+(?:'[a-z]+)*/g) ?? []) {
      found.add(word);
    }
  }
  [...found].sort().filter((_, i) => index === 0 || i % 3 === 0).forEach(word => words.add(word));
});
for (const word of [...words].sort()) {
  console.log(JSON.stringify([word, stemmer.stem(word)]));
}
