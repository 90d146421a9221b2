// Shows what a model writes: paragraphs, lists, headings, code, strong text and citations. All else stays as it was written.
import { make } from './dom.js';
import { isTableRow, table } from './tables.js';

/** The elements of a text; `cite` makes one of a number in brackets, or gives null where that cites nothing. */
export function rendered(text, cite) {
  const blocks = [];
  const lines = text.split(/\r\n?|\n/);
  for (let index = 0; index < lines.length;) {
    const fence = /^\s*(```+|~~~+)/.exec(lines[index]);
    const bullet = listItem(lines[index]);
    if (fence) {
      const end = lines.findIndex((line, other) => other > index && line.trim().startsWith(fence[1]));
      const last = end < 0 ? lines.length : end;
      blocks.push(make('pre', { dir: 'ltr', tabindex: '0' }, make('code', {}, lines.slice(index + 1, last).join('\n'))));
      index = last + 1;
    } else if (bullet) {
      const items = [];
      for (; index < lines.length && listItem(lines[index])?.ordered === bullet.ordered; index++) {
        items.push(make('li', { dir: 'auto' }, inline(listItem(lines[index]).text, cite)));
      }

      blocks.push(make(bullet.ordered ? 'ol' : 'ul', {}, items));
    } else if (lines[index].trim() === '') {
      index++;
    } else if (isHeading(lines[index])) {
      blocks.push(paragraph(lines[index++], cite));
    } else if (isTableRow(lines[index])) {
      const start = index;
      while (index < lines.length && isTableRow(lines[index])) {
        index++;
      }

      blocks.push(table(lines.slice(start, index), cell => inline(cell, cite)));
    } else {
      const start = index;
      while (index < lines.length && lines[index].trim() !== '' && !listItem(lines[index]) && !isHeading(lines[index]) && !isTableRow(lines[index]) && !/^\s*(```|~~~)/.test(lines[index])) {
        index++;
      }

      blocks.push(paragraph(lines.slice(start, index).join('\n'), cite));
    }
  }

  return blocks;
}

function paragraph(text, cite) {
  const heading = /^#{1,6} ([^]*)$/.exec(text);
  return make('p', { dir: 'auto' }, heading ? make('strong', {}, inline(heading[1].trim(), cite)) : inline(text, cite));
}

const isHeading = line => /^#{1,6} /.test(line);

function listItem(line) {
  const match = /^\s*(?:([-*•])|(\d{1,3})[.)]) ([^]*)$/.exec(line);
  return match && { ordered: match[2] !== undefined, text: match[3].trim() };
}

const pieces = /(`[^`\n]+`)|\*\*([^*\n]+)\*\*|\[(\d{1,4}(?: ?[,;-] ?\d{1,4})*)\]/g;

function inline(text, cite) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(pieces)) {
    parts.push(text.slice(end, match.index));
    parts.push(match[1] ? make('code', {}, match[1].slice(1, -1)) : match[2] ? make('strong', {}, inline(match[2], cite)) : citations(match[3], match[0], cite));
    end = match.index + match[0].length;
  }

  parts.push(text.slice(end));
  return parts.flat();
}

function citations(numbers, text, cite) {
  const cited = numbers.split(/ ?[,;] ?/).flatMap(range).map(cite);
  return cited.includes(null) ? [text] : cited;
}

function range(text) {
  const [first, last = first] = text.split('-').map(Number);
  return last >= first && last - first < 20 ? Array.from({ length: last - first + 1 }, (_, index) => first + index) : [first];
}
