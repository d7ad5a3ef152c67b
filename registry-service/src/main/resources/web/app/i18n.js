import en from './en.json';
import zh from './zh.json';

const DICTIONARIES = { en, zh };
const KEPT = 'loremesh-language';

let current = localStorage.getItem(KEPT) ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en');

/** Told to whoever shows text: say it again in the other language. */
export const languages = new EventTarget();

export function language() {
  return current;
}

export function speak(code) {
  current = code;
  localStorage.setItem(KEPT, code);
  document.documentElement.lang = code;
  languages.dispatchEvent(new Event('change'));
}

/** The text of a key, its {placeholders} filled. */
export function t(key, values = {}) {
  const text = DICTIONARIES[current][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** The word for a value of one of the contract's enums, for instance of('DECISION', verdict.decision). */
export function of(prefix, value) {
  return t(value ?? `${prefix}_UNSPECIFIED`);
}

/** Four significant digits; a dash for what is not told. */
export function number(value) {
  if (value === undefined || value === null || Number.isNaN(Number(value))) {
    return '–';
  }
  return new Intl.NumberFormat(current, { maximumSignificantDigits: 4 }).format(Number(value));
}

export function time(value) {
  return value ? new Intl.DateTimeFormat(current, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(value)) : '–';
}

document.documentElement.lang = current;
