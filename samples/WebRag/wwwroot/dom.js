// Makes elements. Texts are always texts: nothing here reads markup.

export const find = id => document.getElementById(id);

/** An element with properties and children, which are elements or texts; what is null, undefined or false is left out. */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }

    if (key === 'on') {
      Object.entries(value).forEach(([event, listener]) => element.addEventListener(event, listener));
    } else if (key === 'class') {
      element.className = value;
    } else {
      element.setAttribute(key, value === true ? '' : value);
    }
  }

  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

/** Replaces what an element holds. */
export function write(element, ...children) {
  element.replaceChildren(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
}

/** Makes an element hold these children, in their order. What stays is not taken out: it keeps the focus that is in it. */
export function arrange(element, children) {
  const staying = new Set(children);
  [...element.children].filter(child => !staying.has(child)).forEach(child => child.remove());
  children.forEach((child, index) => {
    if (element.children[index] !== child) {
      element.insertBefore(child, element.children[index] ?? null);
    }
  });
}

/** A text in which the words are marked; as words, in any case, and not within others. */
export function marked(text, words) {
  const wanted = [...(words ?? [])].filter(word => word.length > 1).map(word => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (wanted.length === 0) {
    return [text];
  }

  const parts = text.split(new RegExp(`(?<![\\p{L}\\p{N}])(${wanted.join('|')})(?![\\p{L}\\p{N}])`, 'giu'));
  return parts.map((part, index) => index % 2 === 1 ? make('mark', {}, part) : part);
}

const svgNamespace = 'http://www.w3.org/2000/svg';

/** A small bar for a share from -1 to 1, to the left where it is below 0; the figure beside it says the same in words. */
export function bar(share) {
  const svg = document.createElementNS(svgNamespace, 'svg');
  svg.setAttribute('viewBox', '0 0 100 8');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('class', share < 0 ? 'bar less' : 'bar');
  svg.setAttribute('aria-hidden', 'true');
  const rectangle = document.createElementNS(svgNamespace, 'rect');
  const width = Math.min(1, Math.abs(share)) * 100;
  rectangle.setAttribute('x', '0');
  rectangle.setAttribute('width', String(width));
  rectangle.setAttribute('height', '8');
  svg.append(rectangle);
  return svg;
}

/**
 * Calls back once when a button is pressed, also where it moves away or is replaced between pressing and letting go, because something above it comes or
 * grows: that is no click. Letting go elsewhere still takes the press back.
 */
export function onPress(button, callback) {
  button.addEventListener('click', callback);
  button.addEventListener('pointerdown', down => {
    if (down.isPrimary && down.button === 0) {
      document.addEventListener('pointerup', up => {
        if (!button.contains(up.target) && Math.hypot(up.clientX - down.clientX, up.clientY - down.clientY) < 16) {
          callback();
        }
      }, { once: true });
    }
  });
}
