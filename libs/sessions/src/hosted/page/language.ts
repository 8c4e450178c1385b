/** In which language a page speaks to whoever asked for it. Pure. */
import { PAGE_LOCALES, type PageLocale } from '@app/credentials';

/** A language of the page. `tag` is the reader's own, with its region where it has one: amounts are written that way. */
export interface PageLanguage {
  readonly locale: PageLocale;
  readonly tag: string;
  readonly dir: 'ltr' | 'rtl';
}

const RIGHT_TO_LEFT: ReadonlySet<PageLocale> = new Set<PageLocale>(['ar']);
/** Nobody reads more languages, and whoever sends more costs no more. */
const MAX_TAGS = 20;

interface Wish {
  tag: string;
  weight: number;
}

/**
 * The first language of `acceptLanguage` (RFC 9110 section 12.5.4) that the page is written in; else the channel's, else
 * English.
 */
export function choosePageLanguage(
  acceptLanguage: string | undefined,
  channelLocale: PageLocale | null = null,
): PageLanguage {
  const wishes = (acceptLanguage ?? '').split(',', MAX_TAGS).map(readWish).filter(isWanted);
  wishes.sort((one, other) => other.weight - one.weight);
  for (const { tag } of wishes) {
    const known = languageOf(tag);
    if (known) return known;
  }
  const locale = channelLocale ?? 'en';
  return { locale, tag: locale, dir: dirOf(locale) };
}

function readWish(text: string): Wish {
  const [tag = '', ...parameters] = text.split(';').map((part) => part.trim());
  const weight = parameters.find((parameter) => /^q=/i.test(parameter))?.slice(2);
  return { tag, weight: weight === undefined ? 1 : Number(weight) || 0 };
}

const isWanted = ({ weight }: Wish): boolean => weight > 0;

function languageOf(text: string): PageLanguage | null {
  const tag = wellFormed(text);
  const language = tag?.split('-')[0];
  const locale = PAGE_LOCALES.find((known) => known === language);
  return locale && tag ? { locale, tag, dir: dirOf(locale) } : null;
}

/** Language, and region where there is one: other subtags could ask for another calendar or other digits. */
function wellFormed(text: string): string | null {
  const [, language, region] = /^([a-z]{2})(?:-[a-z]{4})?(?:-([a-z]{2}|\d{3}))?(?:-.*)?$/i.exec(text) ?? [];
  if (language === undefined) return null;
  return [language.toLowerCase(), ...(region === undefined ? [] : [region.toUpperCase()])].join('-');
}

function dirOf(locale: PageLocale): PageLanguage['dir'] {
  return RIGHT_TO_LEFT.has(locale) ? 'rtl' : 'ltr';
}
