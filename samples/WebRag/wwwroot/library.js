// Shows how far the folder is indexed.
import { follow } from './api.js';
import { find, write } from './dom.js';
import { count, counted } from './format.js';
import { announce } from './announce.js';
import { showUnread } from './unread.js';

/** Follows the indexing; `changed` is called whenever there may be more documents. */
export function followLibrary(changed) {
  const box = find('library');
  let wasShown = false;
  follow('/api/library/events', 'progress', step => {
    changed();
    if (step.isReady) {
      box.hidden = true;
      showUnread();
      if (wasShown) {
        announce(`All ${counted(step.done, 'document')} can be searched.`);
      }

      return false;
    }

    wasShown = true;
    box.hidden = false;
    find('library-bar').max = Math.max(1, step.total);
    find('library-bar').value = step.done;
    write(find('library-text'), step.error ? `Indexing failed, and is tried again: ${step.error}` : `Indexing the folder: ${count(step.done)} of ${counted(step.total, 'document')}. What is done can be searched.`);
    return true;
  });
}
