// Tells which files of the folder cannot be searched.
import { getJson } from './api.js';
import { find, make, write } from './dom.js';
import { count, counted } from './format.js';

export async function showUnread() {
  const place = find('documents-unread');
  const isOpen = place.querySelector('details')?.open;
  const unread = await getJson('/api/documents/unread').catch(() => null);
  if (unread === null) {
    return;
  }

  const rest = unread.count - unread.files.length;
  write(place, unread.count > 0 && make('details', { class: 'unread', open: isOpen },
    make('summary', {}, `${counted(unread.count, 'file')} of the folder cannot be searched`),
    make('ul', {},
      unread.files.map(file => make('li', {}, make('bdi', { class: 'name' }, file.name), make('span', { class: 'small', dir: 'auto' }, file.reason))),
      rest > 0 && make('li', {}, `and ${count(rest)} more`))));
}
