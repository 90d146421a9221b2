// Starts the page: a session, the views, and the address that chooses among them.
import { openSession } from './api.js';
import { find, write } from './dom.js';
import { addressed, onAddress } from './address.js';
import { followLibrary } from './library.js';
import { refreshDocuments } from './list.js';
import { SearchView } from './search.js';
import { AskView } from './ask.js';
import { DocumentsView } from './documents.js';
import { SourceDialog } from './source.js';
import { showTitle } from './titles.js';

async function start() {
  const session = await openSession();
  const source = new SourceDialog();
  const views = {
    search: new SearchView(session, source),
    ask: new AskView(session, source),
    documents: new DocumentsView(session, source),
  };
  const index = session.isIndexKept ? 'The index is kept on its disk.' : 'The index is kept in memory: the folder is indexed when the application starts.';
  write(find('about'), `Everything is searched and reordered on the machine that serves this page. ${index} Your files are forgotten when you do not come back.`);
  document.querySelector('.skip').addEventListener('click', event => {
    // Its address is no view.
    event.preventDefault();
    find('main').focus();
  });
  onAddress(() => show(views, source));
  show(views, source);
  followLibrary(refreshDocuments);
}

function show(views, source) {
  const address = addressed();
  for (const [name, view] of Object.entries(views)) {
    const isShown = name === address.view;
    const wasShown = !find(`view-${name}`).hidden;
    find(`view-${name}`).hidden = !isShown;
    const link = document.querySelector(`[data-view=${name}]`);
    if (isShown) {
      link.setAttribute('aria-current', 'page');
      view.show(address, !wasShown);
    } else {
      link.removeAttribute('aria-current');
    }
  }

  showTitle();
  source.show(address);
}

start().catch(error => {
  const notice = document.createElement('p');
  notice.className = 'notice bad';
  notice.setAttribute('role', 'alert');
  notice.textContent = `The page could not start: ${error.message} Reload it.`;
  find('main').prepend(notice);
});
