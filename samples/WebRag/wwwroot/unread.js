// Tells which files of the folder cannot be searched.
import { getJson } from './api.js';
import { find, make, write } from './dom.js';
import { count, counted } from './format.js';

let asked = 0;
let answered = 0;
let shown = null;

export async function showUnread() {
  const number = ++asked;
  const unread = await getJson('/api/documents/unread').catch(() => null);
  const text = JSON.stringify(unread);
  // An answer that a newer one has overtaken is outdated; one that says the same as before leaves what is opened, and has the focus, as it is.
  if (unread === null || number < answered || text === shown) {
    return;
  }

  answered = number;
  shown = text;
  const place = find('documents-unread');
  const isOpen = place.querySelector('details')?.open;
  const rest = unread.count - unread.files.length;
  write(place, unread.count > 0 && make('details', { class: 'unread', open: isOpen },
    make('summary', {}, `${counted(unread.count, 'file')} of the folder cannot be searched`),
    make('ul', {},
      unread.files.map(file => make('li', {}, make('bdi', { class: 'name' }, file.name), make('span', { class: 'small', dir: 'auto' }, file.reason))),
      rest > 0 && make('li', {}, `and ${count(rest)} more`))));
}
