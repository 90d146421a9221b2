// Says to screen readers what they would not notice: answers that are being written, sentence by sentence.
import { find, make } from './dom.js';

const keptLines = 20;

export function announce(text) {
  const region = find('announcer');
  region.append(make('p', { dir: 'auto' }, text));
  while (region.childElementCount > keptLines) {
    region.firstElementChild.remove();
  }
}

/** Collects a text that comes in pieces, and says each sentence when it is whole. */
export class SpokenText {
  #rest = '';

  add(piece) {
    this.#rest += piece;
    const end = Math.max(...['. ', '! ', '? ', '\n', '。'].map(stop => this.#rest.lastIndexOf(stop)));
    if (end > 0) {
      this.#say(this.#rest.slice(0, end + 1));
      this.#rest = this.#rest.slice(end + 1);
    }
  }

  end() {
    this.#say(this.#rest);
    this.#rest = '';
  }

  #say(text) {
    if (text.trim() !== '') {
      announce(text.trim());
    }
  }
}
