// Numbers and durations as the browser's language has them.

const languages = navigator.languages?.length ? [...navigator.languages] : undefined;
const whole = new Intl.NumberFormat(languages);
const fine = new Intl.NumberFormat(languages, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const share = new Intl.NumberFormat(languages, { style: 'percent', maximumSignificantDigits: 2 });
const sizes = new Intl.NumberFormat(languages, { maximumFractionDigits: 1 });
// The page's words are English.
const ordinary = new Intl.ListFormat('en', { type: 'conjunction' });

export const count = number => whole.format(number);
export const score = number => fine.format(number);
export const percent = number => share.format(number);
export const list = texts => ordinary.format(texts);

/** Milliseconds: 0.4 ms, 12 ms, 1.3 s. */
export const duration = milliseconds =>
  milliseconds < 10 ? `${sizes.format(milliseconds)} ms`
    : milliseconds < 1000 ? `${whole.format(Math.round(milliseconds))} ms`
      : `${sizes.format(milliseconds / 1000)} s`;

/** Bytes: 812 B, 3.4 kB, 20 MB. */
export const bytes = number =>
  number < 1024 ? `${whole.format(number)} B`
    : number < 1024 * 1024 ? `${sizes.format(number / 1024)} kB`
      : `${sizes.format(number / 1024 / 1024)} MB`;

/** 1 passage, 2 passages. */
export const counted = (number, one, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`;
