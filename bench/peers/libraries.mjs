// Tokenizer libraries behind one shape: load(path of a tokenizer.json) gives one(text) and batch(texts), ids without special tokens.
import { readFileSync } from 'node:fs';

export const libraries = {
  async rust() {
    const { Tokenizer } = (await import('tokenizers')).default;
    const options = { addSpecialTokens: false };
    return path => {
      const json = JSON.parse(readFileSync(path, 'utf8'));
      const tokenizer = Tokenizer.fromString(JSON.stringify({ ...json, truncation: null, padding: null }));
      return {
        one: async text => (await tokenizer.encode(text, null, options)).getIds(),
        batch: async texts => (await tokenizer.encodeBatch(texts, options)).map(encoding => encoding.getIds()),
      };
    };
  },
  async js() {
    const { Tokenizer } = await import('@huggingface/tokenizers');
    return path => {
      const json = JSON.parse(readFileSync(path, 'utf8'));
      const tokenizer = new Tokenizer({ ...json, truncation: null, padding: null }, {});
      const one = text => tokenizer.encode(text, { add_special_tokens: false }).ids;
      return { one, batch: texts => texts.map(one) };
    };
  },
};
