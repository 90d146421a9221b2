// Shows how far the folder is indexed.
import { follow } from './api.js';
import { find, make, write } from './dom.js';
import { count, counted } from './format.js';
import { announce } from './announce.js';

/** Follows the indexing; `changed` is called whenever there may be more documents. */
export function followLibrary(changed) {
  const box = find('library');
  let wasShown = false;
  follow('/api/library/events', 'progress', step => {
    changed();
    if (step.isReady) {
      box.hidden = true;
      write(find('documents-failures'), step.failures.length > 0 && make('details', {},
        make('summary', {}, `${counted(step.failures.length, 'document')} of the folder could not be read`),
        make('ul', {}, step.failures.map(failure => make('li', { dir: 'auto' }, failure)))));
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
