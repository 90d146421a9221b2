// The page's address: a view and what it shows, behind the #, which no server sees. Whoever opens it sees the same.

const views = ['search', 'ask', 'documents'];
let isGoingBack = false;

/** What the address says. */
export function addressed() {
  const [, path, query] = /^#\/([a-z]*)\??(.*)$/.exec(location.hash) ?? [];
  const values = new URLSearchParams(query);
  return {
    view: views.includes(path) ? path : 'search',
    query: values.get('q') ?? '',
    filter: filterOf(values),
    open: values.get('open'),
    passage: values.get('passage'),
  };
}

/** The address of a search. */
export function searchAddress(query, filter) {
  const values = new URLSearchParams();
  if (query) {
    values.set('q', query);
  }

  Object.entries(filter).filter(([, value]) => value).forEach(([name, value]) => values.set(name, value));
  const text = values.toString();
  return `#/search${text ? `?${text}` : ''}`;
}

/** The address of a document, at a passage where one is given. */
export const documentAddress = (id, passage) => withDocument('#/documents', id, passage);

/** Names a document in the address of what is shown; the way back leads to the address without it. */
export function openAddress(id, passage) {
  history.pushState({ isOpened: true }, '', withDocument(location.hash || '#/search', id, passage));
}

/** Takes the document out of the address. Gives false where the browser goes back for that, which takes it a moment; whoever listens to the address hears of it then. */
export function closeAddress() {
  if (addressed().open === null) {
    return true;
  }

  if (!history.state?.isOpened) {
    // Who came by this address has nothing to go back to.
    history.replaceState(null, '', withDocument(location.hash, null, null));
    return true;
  }

  if (!isGoingBack) {
    isGoingBack = true;
    history.back();
  }

  return false;
}

function withDocument(address, id, passage) {
  const [path, query] = address.split('?', 2);
  const values = new URLSearchParams(query);
  for (const [name, value] of Object.entries({ open: id, passage })) {
    values.delete(name);
    if (value) {
      values.set(name, value);
    }
  }

  const text = values.toString();
  return text ? `${path}?${text}` : path;
}

// The way back from other views leads to the search that was left.
function keepSearch() {
  if (addressed().view === 'search') {
    document.querySelector('[data-view=search]').href = withDocument(location.hash || '#/search', null, null);
  }
}

/** Goes to an address, or only takes its name where it is shown already. */
export function setAddress(address, isNew) {
  if (location.hash === address) {
    return;
  }

  history[isNew ? 'pushState' : 'replaceState'](null, '', address);
  keepSearch();
}

export function onAddress(listen) {
  keepSearch();
  addEventListener('popstate', () => {
    isGoingBack = false;
    // The link that skips to the content is no view.
    if (location.hash === '' || location.hash.startsWith('#/')) {
      keepSearch();
      listen();
    }
  });
}

const filterOf = values => ({ folder: values.get('folder'), type: values.get('type'), tag: values.get('tag') });
